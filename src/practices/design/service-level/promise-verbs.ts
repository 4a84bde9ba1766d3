import { calledTarget } from '../../../kernel/called';
import { type Context, type FactItem, type Verb, verb } from '../../../kernel/command';
import { among, type Db, type Row, rows, sql } from '../../../kernel/database';
import type { Field } from '../../../kernel/field';
import type { Line } from '../../../kernel/history';
import { theSystem } from '../../../kernel/policy';
import type { RecordType } from '../../../kernel/record';
import { Refusal } from '../../../kernel/refusal';
import { type Sentence, say, type Word } from '../../../kernel/sentence.contract';
import type { Escalation } from './agreement.contract';
import { bookOf } from './book';
import type { Book } from './book.rules';
import type { AgreementVersion } from './choice.rules';
import { targetNames } from './clock.contract';
import { type Announcement, afterTelling, type ClockRow, chainOf, nextToTell } from './clock-row.rules';
import { clocksOf, dueClocks, writeTold } from './clock-table';
import { clockKey } from './judge.rules';

interface Recipient {
  readonly id: string;
  readonly name: string;
}

/** Whom the steps of a chain mean, for one record. */
interface Recipients {
  /** Leads by their team. */
  readonly leads: ReadonlyMap<string, Recipient>;
  /** The team that holds the record. */
  readonly team: string | null;
  readonly roles: ReadonlyMap<string, readonly Recipient[]>;
  readonly people: ReadonlyMap<string, Recipient>;
}

const nobody: Recipients = { leads: new Map(), team: null, roles: new Map(), people: new Map() };

interface TellingFacts {
  readonly book: Book;
  readonly clocks: ReadonlyMap<string, ClockRow>;
  readonly recipients: Recipients;
}

const input: Record<string, Field> = {
  target: { kind: 'choice', label: 'Target', choices: targetNames },
  cycle: { kind: 'integer', label: 'Run' },
  step: { kind: 'integer', label: 'Step' },
};

async function tellingFacts(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, TellingFacts>> {
  const ids = items.map(({ key }) => key);
  const [book, clocks] = [await bookOf(context.db), await clocksOf(context.db, ids)];
  const of = new Map<string, Map<string, ClockRow>>();
  for (const clock of clocks)
    of.set(clock.record_id, (of.get(clock.record_id) ?? new Map()).set(clockKey(clock), clock));
  const recipients = await recipientsOf(context, book, clocks, items);
  return new Map(
    items.map(({ key }) => [
      key,
      { book, clocks: of.get(key) ?? new Map(), recipients: recipients.get(key) ?? nobody },
    ]),
  );
}

/** Leads, holders of roles and people named, asked only where a chain has steps. */
async function recipientsOf(
  context: Context,
  book: Book,
  clocks: readonly ClockRow[],
  items: readonly FactItem<Row>[],
): Promise<Map<string, Recipients>> {
  const used = new Set(clocks.map((clock) => `${clock.agreement_id} ${clock.agreement_version}`));
  const steps = book.versions
    .filter((version) => used.has(`${version.id} ${version.version}`))
    .flatMap((version) => version.content.escalations);
  const holders = clocks.map(({ team_id }) => team_id).filter((id) => id !== null);
  if (steps.length === 0 && holders.length === 0) return new Map();
  const roles = [...new Set(steps.map((step) => step.role).filter((role) => role !== undefined))];
  const named = steps.map((step) => step.person_id).filter((id) => id !== undefined);
  const people = await rows<Recipient & { roles: string[]; departments: string[] }>(
    context.db,
    sql`select p.id, r.title as name, p.roles, p.departments from person p join record r on r.id = p.id
        where r.state = 'active' and (p.roles && ${roles}::text[] or p.id ${among(named)})`,
  );
  const teams = [
    ...new Set([...holders, ...items.map(({ record }) => record.team_id)].filter((id) => typeof id === 'string')),
  ];
  const leads = await rows<Recipient & { team_id: string }>(
    context.db,
    sql`select t.id as team_id, r.id, r.title as name from team t join record r on r.id = t.lead_id
        where t.id ${among(teams)} and r.state = 'active'`,
  );
  const leadOf = new Map(leads.map(({ team_id, id, name }) => [team_id, { id, name }]));
  const byId = new Map(people.map(({ id, name }) => [id, { id, name }]));
  const inRole = (role: string, department: unknown) =>
    people
      .filter((one) => one.roles.includes(role) && (!department || one.departments.includes(String(department))))
      .map(({ id, name }) => ({ id, name }));
  return new Map(
    items.map(({ key, record }) => [
      key,
      {
        leads: leadOf,
        team: (record.team_id as string | null) ?? null,
        roles: new Map(roles.map((role) => [role, inRole(role, record.department)])),
        people: byId,
      },
    ]),
  );
}

const leadFor = (clock: ClockRow, { leads, team }: Recipients): Recipient | undefined =>
  leads.get(clock.team_id ?? team ?? '');

function toldTo(step: Escalation, clock: ClockRow, recipients: Recipients): readonly Recipient[] {
  const lead = step.team_lead ? leadFor(clock, recipients) : undefined;
  const one = step.person_id ? recipients.people.get(step.person_id) : lead;
  if (step.role) return recipients.roles.get(step.role) ?? [];
  return one ? [one] : [];
}

function whomItMeans(step: Escalation): string {
  if (step.person_id) return 'the person named';
  return step.team_lead ? 'the lead of the team' : `everybody who is ${step.role!.replaceAll('_', ' ')}`;
}

/** What a clock tells, by the agreement that promised it. */
const spoken: Readonly<Record<Announcement['kind'], (target: Word, name: string, version: number) => Sentence>> = {
  warn: (target, name, version) => say`warning of ${target}, ${name}, version ${version}`,
  breach: (target, name, version) => say`breach of ${target}, ${name}, version ${version}`,
  escalate: (target, name, version) => say`escalation of ${target}, ${name}, version ${version}`,
};

/** Why a clock tells something: the rule, what it was given, and by whose hours. */
function whyOf(book: Book, version: AgreementVersion, clock: ClockRow, announced: Announcement): Row {
  const calendar = book.calendars.get(clock.calendar_id);
  const due = clock.promised_at === null ? null : new Date(clock.promised_at);
  return {
    rule: String(spoken[announced.kind](calledTarget(clock.target), version.content.name, version.version)),
    agreement: { id: version.id, number: version.number, name: version.content.name, version: version.version },
    calendar: calendar ? { id: calendar.id, number: calendar.number, name: calendar.name } : null,
    target: clock.target,
    target_s: clock.target_s,
    started_at: new Date(clock.started_at),
    due_at: due,
  };
}

/** Checks that a clock still has this to tell now: what was settled meanwhile is not told. */
function stillDue(facts: TellingFacts, given: Row, kind: Announcement['kind'], now: number) {
  const clock = facts.clocks.get(clockKey({ target: String(given.target), cycle: Number(given.cycle) }));
  const version = clock && facts.book.versions.find((one) => isVersion(one, clock));
  if (!clock || !version) throw new Refusal('wrong_state', say`This clock is no more.`);
  const next = nextToTell(clock, chainOf(facts.book, version, now));
  if (!next || next.kind !== kind || next.step !== Number(given.step ?? 0) || next.at > now)
    throw new Refusal('wrong_state', say`There is nothing to tell of this clock now.`);
  return { clock, version, next };
}

const isVersion = (version: AgreementVersion, clock: ClockRow): boolean =>
  version.id === clock.agreement_id && version.version === clock.agreement_version;

/**
 * The verbs by which the clocks of a type speak: a warning, a breach, a step of the escalation. Only timers perform
 * them; each leaves a line dated when it was due, and changes no field of the record. A type that has them names `warn`,
 * `breach` and `escalate` in its life.
 */
export function promiseVerbs(type: RecordType): Verb[] {
  return [
    tell(type, 'warn', 'warned', 'Warn'),
    tell(type, 'breach', 'breached', 'Breach'),
    tell(type, 'escalate', 'escalated', 'Escalate'),
  ];
}

function tell(type: RecordType, kind: Announcement['kind'], past: string, label: string): Verb {
  return verb<Row, TellingFacts>({
    on: type,
    verb: kind,
    past,
    label,
    hidden: true,
    speaksFor: 'agreement',
    input,
    required: ['target', 'cycle'],
    allow: [theSystem],
    facts: tellingFacts,
    decide: (_record, given, facts, context) => {
      const { clock, version, next } = stillDue(facts, given, kind, context.now.getTime());
      const why = whyOf(facts.book, version, clock, next);
      const step = kind === 'escalate' ? version.content.escalations[next.step] : undefined;
      // Of a team's own time its lead hears without any step, before it is over and when it is.
      const lead = clock.target === 'team' && !step ? leadFor(clock, facts.recipients) : undefined;
      const to = step ? toldTo(step, clock, facts.recipients) : lead ? [lead] : [];
      return {
        at: new Date(next.dated),
        // A breach is everybody's who sees the record; who was warned or told is the team's.
        internal: kind !== 'breach',
        remember: {
          clock: { target: clock.target, cycle: clock.cycle, kind, step: next.step },
          ...(step ? { to: to.map(({ id }) => id) } : {}),
        },
        why: step
          ? {
              ...why,
              step: next.step + 1,
              after_s: step.after_s,
              from: step.from,
              tells: whomItMeans(step),
              to: to.map(({ id }) => ({ id })),
            }
          : to.length > 0
            ? { ...why, tells: 'the lead of the team', to: to.map(({ id }) => ({ id })) }
            : why,
      };
    },
  });
}

export interface DueTelling {
  readonly type: string;
  readonly clock: ClockRow;
  readonly kind: Announcement['kind'];
  readonly step: number;
}

/** What clocks have to tell by now, the oldest first. */
export async function clocksDue(db: Db, now: Date, most: number): Promise<DueTelling[]> {
  const due = await dueClocks(db, now, most);
  if (due.length === 0) return [];
  const book = await bookOf(db);
  // The hours of a step may have changed since: such a clock speaks later, or not at all.
  const later: ClockRow[] = [];
  const found = due.flatMap(({ type, clock }) => {
    const version = book.versions.find((one) => isVersion(one, clock));
    const next = version && nextToTell(clock, chainOf(book, version, now.getTime()));
    if (!next || next.at > now.getTime()) {
      later.push({ ...clock, next_at: next?.at ?? null });
      return [];
    }
    return [{ type, clock, kind: next.kind, step: next.step }];
  });
  await writeTold(db, later);
  return found;
}

/** Is this the line of a clock that spoke? */
export const isTelling = (line: Pick<Line, 'name'>): boolean => /\.(warned|breached|escalated)$/.test(line.name);

/** After such lines: what is told is told, and when the clock will speak next. */
export async function keepTold(context: Context, lines: readonly Line[]): Promise<void> {
  const book = await bookOf(context.db);
  const clocks = await clocksOf(context.db, [...new Set(lines.map((line) => line.record_id))]);
  const byKey = new Map(clocks.map((clock) => [`${clock.record_id} ${clockKey(clock)}`, clock]));
  const told = lines.flatMap((line) => {
    const said = line.changes.find(({ field }) => field === 'clock')?.after as
      | { target: string; cycle: number; kind: Announcement['kind']; step: number }
      | undefined;
    const clock = said && byKey.get(`${line.record_id} ${clockKey(said)}`);
    const version = clock && book.versions.find((one) => isVersion(one, clock));
    return said && clock && version
      ? [afterTelling(clock, said.kind, said.step, chainOf(book, version, context.now.getTime()))]
      : [];
  });
  await writeTold(context.db, told);
}
