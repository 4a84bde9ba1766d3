import type { Context, House, Verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { allows } from '../../kernel/lifecycle';
import { holdsAny } from '../../kernel/policy';
import type { Sentence } from '../../kernel/sentence.contract';
import { mayNot, mayNotOn } from '../../kernel/standing';

/** The verbs of each kind of record that people see; a house has many kinds, and a list many rows. */
const shownVerbs = new WeakMap<House['verbs'], Map<string, Verb[]>>();

function verbsShown(house: House, type: string): readonly Verb[] {
  const verbs = house.verbs;
  let byType = shownVerbs.get(verbs);
  if (!byType) {
    byType = new Map();
    for (const verb of verbs.values()) {
      if (verb.creates || verb.hidden) continue;
      byType.set(verb.on.type, [...(byType.get(verb.on.type) ?? []), verb]);
    }
    shownVerbs.set(verbs, byType);
  }
  return byType.get(type) ?? [];
}

/** The verbs that may be used on a record in its state, by those who are allowed to. */
const fitting = (house: House, record: Row): Verb[] =>
  verbsShown(house, String(record.type)).filter(
    (verb) => allows(verb.on.life, verb.verb, String(record.state)) && !verb.unfit?.(record),
  );

const mayUse = (context: Context, verb: Verb, record: Row): boolean =>
  context.actor.scope !== 'read' && holdsAny(verb.allow, record, context.actor);

/** The verbs this caller may use on a record now. */
export function offersOf(context: Context, house: House, record: Row): string[] {
  return fitting(house, record)
    .filter((verb) => mayUse(context, verb, record))
    .map((verb) => verb.verb);
}

/** Why not those verbs of its state that others may use. */
export function refusedOf(context: Context, house: House, record: Row): { verb: string; sentence: Sentence }[] {
  return fitting(house, record)
    .filter((verb) => !mayUse(context, verb, record))
    .map((verb) => ({
      verb: verb.verb,
      sentence: (context.actor.scope === 'read' ? mayNot(verb) : mayNotOn(verb)).sentence,
    }));
}
