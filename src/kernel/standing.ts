import { calledMany, calledOne, calledState, calledVerb } from './called';
import type { Context, Verb } from './command';
import type { Row } from './database';
import { allows } from './lifecycle';
import { mayNotWords } from './may-not.rules';
import { holdsAny } from './policy';
import { Refusal } from './refusal';
import { listed, say } from './sentence.contract';

/** The refusal of a verb to whoever may not use it on anything, or on this record. */
export function mayNot(verb: Verb): Refusal {
  return new Refusal('forbidden', mayNotWords(calledVerb(verb), calledMany(verb.on)));
}

export function mayNotOn(verb: Verb): Refusal {
  return new Refusal('forbidden', mayNotWords(calledVerb(verb), say`this ${calledOne(verb.on)}`));
}

/** Why this verb is not to be done on this record by this caller now; undefined when it may be. */
export function standing(context: Context, verb: Verb, record: Row, version?: readonly number[]): Refusal | undefined {
  if (!holdsAny(verb.allow, record, context.actor)) return mayNotOn(verb);
  if (version !== undefined && !version.includes(Number(record.version)))
    return new Refusal(
      'stale',
      say`Somebody changed ${String(record.number)} since you read it: it is now version ${Number(record.version)}, you have ${listed(version)}.`,
    );
  if (!allows(verb.on.life, verb.verb, String(record.state))) return wrongState(verb, String(record.state));
  const unfit = verb.unfit?.(record);
  return unfit ? new Refusal('wrong_state', unfit) : undefined;
}

/** The refusal of a verb that the state of a record does not take. */
export function wrongState(verb: Verb, state: string): Refusal {
  const word = calledState(state);
  const done = calledVerb({ verb: verb.verb, label: verb.done ?? verb.past.replaceAll('_', ' ') });
  return new Refusal(
    'wrong_state',
    /^[aeio]/.test(state)
      ? say`An ${word} ${calledOne(verb.on)} cannot be ${done}.`
      : say`A ${word} ${calledOne(verb.on)} cannot be ${done}.`,
  );
}
