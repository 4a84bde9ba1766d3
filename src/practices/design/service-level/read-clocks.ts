import { show } from '../../../commons/reading';
import type { Context } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import { isId } from '../../../kernel/id';
import { contentOf } from './agreement';
import type { TriedEvent } from './agreement.contract';
import { bookOf } from './book';
import type { Book, PromisedType } from './book.rules';
import { type Clock, replay } from './clock.rules';
import { readKnown } from './clock-table';
import { calendarsOf, teamsOf } from './commands/in-force';
import { readTimeline } from './record-events.rules';
import { tryOut } from './trial.rules';

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** A clock as the outside sees it: instants as RFC 3339, durations in seconds. */
function shown(clock: Clock, agreement: Row | null, calendar: Row | null, teams: Teams): Row {
  const slices = clock.slices;
  return {
    target: clock.target,
    cycle: clock.cycle,
    state: clock.state,
    started_at: instant(clock.started_at),
    ended_at: instant(clock.ended_at),
    due_at: instant(clock.due_at),
    promised_at: instant(clock.promised_at),
    warn_at: instant(clock.warn_at),
    target_s: clock.target_s,
    elapsed_s: clock.elapsed_s,
    paused_s: clock.paused_s,
    breached: clock.breached,
    breached_at: clock.breached && clock.breach_at !== null ? instant(clock.breach_at - 1) : null,
    agreement,
    calendar,
    ...(clock.target === 'team' ? { team: teams(clock.team), slice: clock.slice } : {}),
    ...(clock.target === 'resolution'
      ? {
          teams: clock.shares.map(({ team, elapsed_s }) => ({
            team: teams(team),
            elapsed_s,
            slice_s: team === null ? null : (slices[team] ?? null),
          })),
        }
      : {}),
    explain: clock.explain.map((segment) => ({
      ...segment,
      from: new Date(segment.from),
      to: new Date(segment.to),
    })),
  };
}

function named(book: Book, clock: Clock): Row[] {
  const version = clock.agreement && book.named.get(`${clock.agreement.number} ${clock.agreement.version}`);
  const calendar = version && book.calendars.get(version.content.calendar_id);
  return [
    { id: version?.id, ...clock.agreement },
    { id: calendar?.id, number: calendar?.number, name: clock.calendar },
  ];
}

type Teams = (id: string | null) => Row | null;

/** Teams as this caller may see them; what is no id is what somebody tried, and stands for itself. */
async function teamsIn(context: Context, clocks: readonly Clock[]): Promise<Teams> {
  const ids = clocks.flatMap((clock) => [clock.team, ...clock.shares.map(({ team }) => team)]);
  const found = await show(
    context,
    ids.filter((id) => id !== null),
  );
  return (id) => {
    if (id === null) return null;
    const one = found.get(id);
    if (one) return { id: one.id, number: one.number, name: one.name };
    return isId(id) ? null : { name: id };
  };
}

/** The clocks of a record now, the last run of each target, with every stretch of time explained. */
export async function readClocks(context: Context, kind: PromisedType, record: Row): Promise<Row[]> {
  const id = String(record.id);
  const known = await readKnown(context.db, [id]);
  const book = await bookOf(context.db, known.token);
  const now = context.now.getTime();
  const opened = (record.opened_at as Date).getTime();
  const { definition, events } = readTimeline(book, kind, opened, known.lines.get(id) ?? [], now);
  const clocks = replay(definition, events, now);
  const teams = await teamsIn(context, clocks);
  return clocks.map((clock) => {
    const [agreement, calendar] = named(book, clock);
    return shown(clock, agreement!, calendar!, teams);
  });
}

/** How clocks would stand under an agreement as it is written now, draft or published, at each of the instants. */
export async function tryAgreement(
  context: Context,
  record: Row,
  events: readonly TriedEvent[],
  instants: readonly string[],
): Promise<{ at: string; clocks: Row[] }[]> {
  const calendar = (await calendarsOf(context, [{ key: 'tried', record }])).get('tried')!;
  const version = Number(record.agreement_version);
  const named = await teamsOf(context, [record]);
  const tried = { number: String(record.number), version, content: contentOf(record), calendar, teams: named };
  const tries = instants.map((at) => ({ at, clocks: tryOut(tried, events, Date.parse(at)) }));
  const teams = await teamsIn(
    context,
    tries.flatMap(({ clocks }) => clocks),
  );
  return tries.map(({ at, clocks }) => ({
    at: new Date(at).toISOString(),
    clocks: clocks.map((clock) =>
      shown(clock, { id: record.id, ...clock.agreement }, { id: record.calendar_id, name: clock.calendar }, teams),
    ),
  }));
}
