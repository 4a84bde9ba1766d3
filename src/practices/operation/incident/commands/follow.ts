import { type Context, type FactItem, verb } from '../../../../kernel/command';
import { theSystem } from '../../../../kernel/policy';
import { Refusal } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { type ActionRule, isFor } from '../action.rules';
import { actionRulesInForce, asSorted, doneByRules } from '../action-rules-in-force';
import { asked } from '../assignment-condition';
import { incident } from '../incident';

interface WaitFacts {
  readonly rule: ActionRule | undefined;
  /** It has acted since somebody last did something: once is enough. */
  readonly acted: boolean;
  /** The condition holds, or cannot be judged at all, which its owner is told. */
  readonly holds: boolean;
}

async function waitFacts(
  context: Context,
  items: readonly FactItem<{ rule_id: string }>[],
): Promise<Map<string, WaitFacts>> {
  const rules = await actionRulesInForce(context.db, [...new Set(items.map(({ input }) => input.rule_id))]);
  const done = await doneByRules(
    context.db,
    items.map(({ key }) => key),
  );
  const sorted = new Map(items.map(({ key, record }) => [key, asSorted(record)]));
  const about = await asked(context, rules, [...sorted.values()], false, 'any');
  return new Map(
    items.map(({ key, input }) => {
      const rule = rules.find(({ id }) => id === input.rule_id);
      const one = sorted.get(key)!;
      return [
        key,
        {
          rule,
          acted: (done.get(key) ?? []).some(({ rule_id, lately }) => lately && rule_id === input.rule_id),
          holds: rule !== undefined && (about.judge(rule, one) === true || about.fault(rule, one) !== null),
        },
      ];
    }),
  );
}

/** A quiet rule has waited long enough. What does not fit any more is refused, and so forgotten. */
export const wait = verb<{ rule_id: string }, WaitFacts>({
  on: incident,
  verb: 'wait',
  past: 'waited',
  done: 'waited for',
  label: 'Nothing happened',
  hidden: true,
  input: { rule_id: { kind: 'text', label: 'Rule', max: 60 } },
  required: ['rule_id'],
  allow: [theSystem],
  facts: waitFacts,
  decide: (record, _input, { rule, acted, holds }) => {
    if (!rule || !isFor(rule, record)) throw new Refusal('wrong_state', say`The rule is not for it any more.`);
    if (acted) throw new Refusal('conflict', say`The rule has acted since somebody last did something.`);
    if (!holds) throw new Refusal('conflict', say`The condition of the rule does not hold.`);
    return {
      internal: true,
      remember: { waited: rule.minutes },
      why: { rule: `${rule.number}, ${rule.name}`, rule_id: rule.id, waited_by: rule.id },
    };
  },
});

/** A rule calls people to look at it; whom, its line says. */
export const call = verb<{ message: string }>({
  on: incident,
  verb: 'call',
  past: 'called',
  done: 'called out',
  label: 'Tell people',
  hidden: true,
  undo: true,
  input: { message: { kind: 'text', label: 'Message', max: 500 } },
  required: ['message'],
  allow: [theSystem],
  decide: (_record, { message }) => ({ internal: true, remember: { message } }),
});

/** A rule was not let go on: it would have gone in circles. */
export const halt = verb<{ sentence: string }>({
  on: incident,
  verb: 'halt',
  past: 'halted',
  done: 'halted',
  label: 'Stop a rule',
  hidden: true,
  input: { sentence: { kind: 'text', label: 'Why', max: 300 } },
  required: ['sentence'],
  allow: [theSystem],
  decide: (_record, { sentence }) => ({ internal: true, remember: { halted: sentence } }),
});
