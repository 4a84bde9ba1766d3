import { actorsOf } from '../../commons/people';
import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { load } from '../../kernel/load';
import { type Item, perform, type Result } from '../../kernel/perform';
import { type Sentence, say } from '../../kernel/sentence.contract';
import { type Ongoing, ongoing, servicesBy } from '../../practices/operation/availability';
import { childrenOf, incident } from '../../practices/operation/incident';

const isMajor = (row: Row | null): boolean =>
  row?.major === true && ['open', 'paused'].includes(String(row.state_category));

/** Is it a major incident that is worked on, and was not before this line? */
const becomesMajor = (line: Line): boolean => isMajor(line.after) && (line.verb === 'declare' || !isMajor(line.before));

/** Does a major incident end with this line, whichever way: resolved, cancelled, merged, taken back, downgraded? */
const endsMajor = (line: Line): boolean => isMajor(line.before) && !isMajor(line.after);

/** Verbs by which one that had ended goes on. */
const goesOn = ['reopen', 'undo', 'unmerge'];

const ofIncident = (test: (line: Line) => boolean) => (line: Line) => line.type === 'incident' && test(line);

/** As the rule that follows from a line. */
function following(context: Context, line: Line, rule: Sentence): Context {
  return {
    ...context,
    actor: automatic('rule', 'Major incident'),
    cause: { line: line.id },
    depth: line.depth + 1,
    why: { rule: String(rule) },
  };
}

async function act(context: Context, verb: string, items: readonly Item[]): Promise<Result[]> {
  const known = context.house.verbs.get(verb);
  return known && items.length > 0 ? perform(context, known, items) : [];
}

/** The services a major incident has taken away: those named, else the one it concerns. */
function servicesDown(after: Row): string[] {
  const named = (after.down_service_ids as string[] | null) ?? [];
  return named.length > 0 ? named : after.service_id ? [String(after.service_id)] : [];
}

/** What is told of it: the sentence for users, and when they hear again. */
const words = (after: Row) => ({
  message: after.major_message,
  next_update_at: after.next_update_at instanceof Date ? after.next_update_at.toISOString() : after.next_update_at,
});

/** An outage that another major incident still holds tells what that one has to say. */
async function faces(context: Context, held: readonly Ongoing[], ended: string): Promise<void> {
  const left = held.filter((one) => one.held_by.length > 1);
  if (left.length === 0) return;
  const ids = left.flatMap((one) => one.held_by.filter((id) => id !== ended));
  const majors = new Map((await load(context, incident, ids)).map((row) => [String(row.id), row]));
  const spoken = left.flatMap(({ id, held_by }) => {
    const major = held_by.map((one) => majors.get(one)).find((row) => row && isMajor(row));
    return major ? [{ id, input: { ...words(major), cause_id: String(major.id) } }] : [];
  });
  await act(context, 'outage.inform', spoken);
}

/** A major incident opens an outage of each service it took away; one that an alert opened already becomes its own. */
const outagesBegin: Together = {
  name: 'outages of a major incident begin',
  on: ofIncident(becomesMajor),
  react: async (context, lines, past) => {
    if (past) return;
    for (const line of lines) {
      const services = servicesDown(line.after);
      if (services.length === 0) continue;
      const under = following(context, line, say`A major incident is an outage of the services it takes away.`);
      const going = (await ongoing(context.db, 'service_id', services)).filter(
        (one) => one.department === line.after.department,
      );
      const cause = { cause_id: line.record_id, ...words(line.after) };
      await act(
        under,
        'outage.inform',
        going.map(({ id }) => ({ id, input: cause })),
      );
      const names = await servicesBy(context.db, services);
      const rest = services.filter((id) => names.has(id) && !going.some((one) => one.service_id === id));
      // What ended with it has its outage already: the new one begins now.
      const since = goesOn.includes(line.verb) ? context.now : (line.after.opened_at as Date);
      await act(
        under,
        'outage.open',
        rest.map((service_id) => ({
          input: {
            name: names.get(service_id)!.name,
            service_id,
            department: line.after.department,
            started_at: new Date(since).toISOString(),
            ...cause,
          },
        })),
      );
    }
  },
};

/** The reports of the same become children, and everybody who reported is answered at once. */
const reportsAreAnswered: Together = {
  name: 'reports of a major incident are answered',
  on: ofIncident((line) => line.verb === 'declare' || line.verb === 'inform'),
  react: async (context, lines, past) => {
    if (past) return;
    for (const line of lines) {
      const under = following(context, line, say`Whoever is hit by a major incident hears of it at once.`);
      const joined = line.changes.find(({ field }) => field === 'child_ids')?.after as string[] | undefined;
      await act(
        under,
        'incident.edit',
        (joined ?? []).map((id) => ({ id, input: { parent_id: line.record_id } })),
      );
      const children = (await childrenOf(context.db, [line.record_id])).get(line.record_id) ?? [];
      const text = String(line.after.major_message);
      await act(
        under,
        'incident.comment',
        [line.record_id, ...children].map((id) => ({ id, input: { text } })),
      );
      if (line.verb === 'declare') continue;
      await act(
        under,
        'outage.inform',
        (await ongoing(context.db, 'cause_id', [line.record_id])).map(({ id }) => ({
          id,
          input: { ...words(line.after), cause_id: line.record_id },
        })),
      );
    }
  },
};

/**
 * With a major incident end its outages; when it is resolved, so are the reports of it, with the same words: by whoever
 * resolved it, so that they take all of it back at once, and by rule where that person may not.
 */
const allIsAnswered: Together = {
  name: 'a major incident ends',
  on: ofIncident(endsMajor),
  react: async (context, lines, past) => {
    if (past) return;
    const ids = lines.map((line) => line.record_id);
    const going: Ongoing[] = await ongoing(context.db, 'cause_id', ids);
    const children = await childrenOf(context.db, ids);
    const authors = lines.map((line) => line.actor_id).filter((id) => id !== null);
    const people = new Map((await actorsOf(context.db, [...new Set(authors)])).map((one) => [one.id, one]));
    for (const line of lines) {
      const under = following(context, line, say`What a major incident took away is back when it ends.`);
      const held = going.filter((one) => one.held_by.includes(line.record_id));
      // What something else holds as well is not over: nobody is told that it is.
      const mine = held.filter((one) => one.held_by.length === 1).map(({ id }) => id);
      const note = line.after.resolution_note;
      const resolved = line.verb === 'resolve';
      if (resolved)
        await act(
          under,
          'outage.inform',
          mine.map((id) => ({ id, input: { message: String(note).slice(0, 500), next_update_at: null } })),
        );
      await act(
        under,
        'outage.end',
        held.map(({ id }) => ({ id, input: { ended_causes: [line.record_id] } })),
      );
      await faces(under, held, line.record_id);
      if (!resolved) continue;
      const reports = (children.get(line.record_id) ?? []).map((id) => ({
        id,
        input: { resolution_code: line.after.resolution_code, resolution_note: note },
      }));
      const actor = people.get(line.actor_id);
      const done = actor ? await act({ ...under, actor }, 'incident.resolve', reports) : [];
      await act(
        under,
        'incident.resolve',
        reports.filter((_report, at) => !done[at]?.ok),
      );
    }
  },
};

export const majorTogether: readonly Together[] = [outagesBegin, reportsAreAnswered, allIsAnswered];
