import { actorOf, allActors } from '../../commons/people';
import type { Actor } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import { countOf, type Effect, effect, type Foretell, idsIn, many, seen, without } from './effect';

const firstNames = 5;
const named = (names: readonly string[]) =>
  `${names.slice(0, firstNames).join(', ')}${names.length > firstNames ? ', …' : ''}`;

const people = (names: readonly string[]) => ({ count: names.length, exact: true });

/** Everybody who works here, as they are before the act; asked before the rehearsal begins. */
export type Before = { readonly actors: readonly Actor[] };

/** Whoever loses or gains sight of a department by its walls, and of how many records. */
export const departmentWalls =
  (before: Before): Foretell =>
  async (context, { after }) => {
    const id = String(after.id);
    const now = await allActors(context.db);
    const reads = (actors: readonly Actor[]) =>
      new Map(actors.filter((actor) => actor.reads.includes(id)).map((actor) => [actor.id!, actor.name]));
    const [then, since] = [reads(before.actors), reads(now)];
    const lost = [...then].filter(([who]) => !since.has(who)).map(([, name]) => name);
    const won = [...since].filter(([who]) => !then.has(who)).map(([, name]) => name);
    if (lost.length === 0 && won.length === 0) return [];
    const kept = await countOf(context, sql`record r where r.department = ${id}::uuid and ${seen(context)}`);
    // Of those behind a wall of whoever looks there is no figure: it says whose count it is.
    const records = `${kept.exact ? '' : '>'}${kept.count}`;
    const its = `its records (${records} of them in your sight)`;
    return [
      ...effect(
        'lose_sight',
        people(lost),
        { people: named(lost), records },
        `${many(people(lost), 'person loses', 'people lose')} sight of ${its}: ${named(lost)}.`,
      ),
      ...effect(
        'gain_sight',
        people(won),
        { people: named(won), records },
        `${many(people(won), 'person gains', 'people gain')} sight of ${its}: ${named(won)}.`,
      ),
    ];
  };

/** The verbs somebody may use at least somewhere, as `incident.resolve`. */
function mayUse(context: Context, actor: Actor | undefined): string[] {
  if (!actor) return [];
  return [...context.house.verbs]
    .filter(([, verb]) => !verb.hidden && verb.allow.some((relation) => relation.where(actor) !== false))
    .map(([name]) => name);
}

/** What somebody may and may no longer do, and which of their open work stays with them. */
export const personMay =
  (before: Before): Foretell =>
  async (context, { after }) => {
    const id = String(after.id);
    const then = before.actors.find((actor) => actor.id === id);
    const now = await actorOf(context.db, id);
    const [could, can] = [mayUse(context, then), mayUse(context, now)];
    const [lost, won] = [without(could, can), without(can, could)];
    const told = (code: string, names: string[], sentence: string) =>
      effect(code, { count: names.length, exact: true }, { verbs: names.join(', ') }, sentence);
    const found: Effect[] = [
      ...told('may_no_longer', lost, `They may no longer use ${lost.length} verbs, such as ${named(lost)}.`),
      ...told('may_now', won, `They may use ${won.length} more verbs, such as ${named(won)}.`),
    ];
    const walls = without(then?.reads ?? [], now?.reads ?? []);
    if (walls.length > 0) {
      const kept = await countOf(
        context,
        sql`record r where r.department = any(${walls}::uuid[]) and ${seen(context)}`,
      );
      found.push(
        ...effect('reads_less', kept, {}, `They no longer read ${many(kept, 'record', 'records')} of departments.`),
      );
    }
    if (lost.length > 0) {
      const work = await countOf(
        context,
        sql`record r where r.assignee_id = ${id}::uuid and r.state_category in ('open', 'paused') and ${seen(context)}`,
      );
      found.push(
        ...effect('work_stays', work, {}, `${many(work, 'open record stays', 'open records stay')} assigned to them.`),
      );
    }
    return found;
  };

/** Whoever leaves a team may still have its open work. */
export const teamMembers: Foretell = async (context, { before, after }) => {
  const gone = without(idsIn(before, 'member_ids'), idsIn(after, 'member_ids'));
  if (!before || gone.length === 0) return [];
  const work = await countOf(
    context,
    sql`record r where r.team_id = ${after.id}::uuid and r.assignee_id = any(${gone}::uuid[])
        and r.state_category in ('open', 'paused') and ${seen(context)}`,
  );
  const names = await rows<{ name: string }>(
    context.db,
    sql`select title as name from record where id = any(${gone}::uuid[]) order by title`,
  );
  const who = named(names.map(({ name }) => name));
  return effect(
    'work_of_who_goes',
    work,
    { people: who },
    `${many(work, 'open record of the team stays', 'open records of the team stay')} with ${who}, who leaves it.`,
  );
};
