import { checkSame, countNaming, type Same } from '../../commons/people';
import { asShown, show } from '../../commons/reading';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

const texts = (value: unknown) => ((value as string[] | null | undefined) ?? []).map(String);

/**
 * What merging one person into another would move, before it is done: how often they are named, in records the caller
 * sees; addresses; teams; what roles and departments would come along if that is wanted. For administrators. Throws
 * what the merging itself would refuse.
 */
export async function mergingPeople(context: Context, person: Row, into: Row) {
  if (!context.actor.roles.includes('administrator'))
    throw new Refusal('forbidden', say`Only an administrator merges people.`);
  if (person.merged_into_id)
    throw new Refusal('wrong_state', say`${String(person.number)} was merged into another person: unmerge it first.`);
  const target: Same = {
    id: String(into.id),
    number: String(into.number),
    name: String(into.title),
    state: String(into.state),
    merged_into_id: into.merged_into_id as string | null,
  };
  checkSame(person, target, context);
  const more = (name: string) => texts(person[name]).filter((one) => !texts(into[name]).includes(one));
  const shown = await show(context, [...more('team_ids'), ...more('departments')]);
  const named = (name: string) => asShown(more(name), shown);
  return {
    into: { id: target.id, number: target.number, name: target.name },
    moves: await countNaming(context, String(person.id)),
    teams: named('team_ids'),
    addresses: [person.email, ...texts(person.further_emails)].filter((one) => one != null),
    roles: more('roles'),
    departments: named('departments'),
  };
}
