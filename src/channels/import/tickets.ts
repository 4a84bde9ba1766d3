import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { one, type Row, rows, sql, transact } from '../../kernel/database';
import { newId } from '../../kernel/id';
import { load } from '../../kernel/load';
import { type PastCase, type PastLine, performPast } from '../../kernel/past';
import { deliveredMatrix, priorityOf, wakesOf } from '../../practices/operation/incident';
import { Unreadable } from './csv';
import { knownCases, rememberCases, replaceCases } from './known';
import { nothingYet, type Outcome } from './outcome';
import { type Named, type References, references } from './references';
import type { Ticket, Unread } from './ticket';
import type { ImportHouse, ImportOptions } from './update-log';

const chunk = 250;

/** Reads what a tool exported as JSON: the list in it, and each entry as a ticket. */
export interface TicketForm {
  readonly source: string;
  readonly listOf: (parsed: unknown) => unknown[] | undefined;
  readonly read: (record: unknown, line: number) => Ticket | Unread;
}

/**
 * Brings in tickets of another desk with numbers, instants and authors as they were. The same file again writes nothing;
 * what changed since is told as one further line. Throws `Unreadable` for a file that is no such export.
 */
export async function importTickets(
  at: ImportHouse,
  form: TicketForm,
  path: string,
  options: ImportOptions = {},
): Promise<Outcome> {
  const list = form.listOf(parse(path));
  if (!list) throw new Unreadable(`${path} holds no list of tickets as ${form.source} exports it.`);
  const outcome = nothingYet();
  outcome.read = list.length;
  const last = new Map<string, Ticket>();
  for (const [index, record] of list.entries()) {
    const ticket = form.read(record, index + 1);
    if ('reason' in ticket) {
      outcome.refused.push(ticket);
      continue;
    }
    const before = last.get(ticket.key);
    if (before)
      outcome.refused.push({ line: before.line, reason: `${before.number} stands again in line ${ticket.line}.` });
    last.set(ticket.key, ticket);
  }
  const tickets = [...last.values()].sort((a, b) => a.opened_at.getTime() - b.opened_at.getTime() || a.line - b.line);
  for (let from = 0; from < tickets.length; from += chunk) {
    await storeApart(
      at,
      form.source,
      basename(path),
      tickets.slice(from, from + chunk),
      outcome,
      options.dryRun === true,
    );
    options.progress?.(outcome);
  }
  if (!options.dryRun) outcome.reconcile.push(...(await reconcileTickets(at, form.source, tickets)));
  outcome.refused.sort((a, b) => a.line - b.line);
  return outcome;
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Unreadable(`${path} cannot be read as JSON: ${(error as Error).message.split('\n', 1)[0]}`);
  }
}

/** One chunk in one transaction; a dry run does the same and takes it back. */
async function storeApart(
  at: ImportHouse,
  source: string,
  file: string,
  tickets: readonly Ticket[],
  outcome: Outcome,
  dryRun: boolean,
): Promise<void> {
  const takenBack = new Error('a dry run');
  let told = { created: 0, updated: 0, unchanged: 0 };
  await transact(at.db, async (db) => {
    const context: Context = { db, house: at.house, actor: automatic('import', 'Import'), now: at.clock.now() };
    told = await store(context, source, file, tickets);
    if (dryRun) throw takenBack;
  }).catch((error) => {
    if (error !== takenBack) throw error;
  });
  outcome.created += told.created;
  outcome.updated += told.updated;
  outcome.unchanged += told.unchanged;
}

async function store(context: Context, source: string, file: string, tickets: readonly Ticket[]) {
  const department = await one<{ id: string }>(
    context.db,
    sql`select d.id from department d join record r on r.id = d.id where d.desk and r.state = 'active' order by r.serial limit 1`,
  );
  if (!department)
    throw new Unreadable('No department takes incidents yet: make one and let it take what no other takes.');
  const known = await knownCases(
    context.db,
    source,
    'incident',
    tickets.map(({ key }) => key),
  );
  const fresh = tickets.filter(({ key }) => !known.has(key));
  const changed = tickets.filter(({ key, digest }) => known.has(key) && !known.get(key)!.rows.equals(digest));
  // What people did here to a record stays; only its desk's own words are taken over.
  const refs = references(source, file, { organization_id: null, department_id: department.id });
  await refs.make(context, [...fresh, ...changed].flatMap(namedBy));
  const type = context.house.types.get('incident')!;
  const made = await performPast(
    context,
    type,
    fresh.map((ticket) => lifeOf(context, refs, source, file, department.id, ticket)),
  );
  await rememberCases(
    context.db,
    source,
    'incident',
    fresh.map((ticket, at) => ({ key: ticket.key, record_id: String(made[at]!.id), rows: [ticket.digest] })),
  );
  const records = new Map(
    (
      await load(
        context,
        type,
        changed.map(({ key }) => known.get(key)!.record_id),
        { lock: true },
      )
    ).map((row) => [String(row.id), row]),
  );
  const said = await lastSaid(context, [...records.keys()]);
  const again = changed.flatMap((ticket) => {
    const record = records.get(known.get(ticket.key)!.record_id);
    return record ? [changeOf(context, refs, file, record, said.get(String(record.id)) ?? 0, ticket)] : [];
  });
  const moved = again.filter(({ lines }) => lines.length > 0);
  if (moved.length > 0) await performPast(context, type, moved);
  await replaceCases(context.db, source, 'incident', changed);
  return {
    created: fresh.length,
    updated: moved.length,
    unchanged: tickets.length - fresh.length - moved.length,
  };
}

const people = ['requester', 'opened_by', 'assignee', 'resolved_by', 'closed_by'] as const;

function namedBy(ticket: Ticket): Named[] {
  const { opened_at: at, line } = ticket;
  const names = [...people.map((name) => ticket[name]), ...ticket.comments.map(({ author }) => author)];
  const of = (type: string, name: string | null): Named[] => (name ? [{ type, name, at, line }] : []);
  return [
    ...names.flatMap((name) => of('person', name)),
    ...of('team', ticket.team),
    ...of('service', ticket.service),
    ...of('configuration_item', ticket.component),
  ];
}

/** Fields that say how it stands, whatever happened to it. */
function standing(refs: References, ticket: Ticket): Row {
  const id = (type: string, name: string | null) => (name ? (refs.idOf(type, name) ?? null) : null);
  return {
    title: ticket.title,
    description: ticket.description,
    impact: ticket.impact,
    urgency: ticket.urgency,
    priority: priorityOf(deliveredMatrix, ticket.impact, ticket.urgency),
    category: ticket.category,
    subcategory: ticket.subcategory,
    service_id: id('service', ticket.service),
    configuration_item_id: id('configuration_item', ticket.component),
    team_id: id('team', ticket.team),
    assignee_id: id('person', ticket.assignee),
    requester_id: id('person', ticket.requester),
    reopen_count: ticket.reopen_count,
    reassignment_count: ticket.reassignment_count,
  };
}

/** How it ended, with the instants that must be there. */
function ending(ticket: Ticket) {
  const over = ['resolved', 'closed'].includes(ticket.state);
  const resolved = over ? (ticket.resolved_at ?? ticket.closed_at ?? ticket.updated_at) : null;
  const closed = ticket.state === 'closed' ? (ticket.closed_at ?? ticket.updated_at) : null;
  return {
    resolved,
    closed: closed && resolved && closed < resolved ? resolved : closed,
    end: { resolution_code: ticket.resolution_code, resolution_note: ticket.resolution_note },
  };
}

function lifeOf(
  context: Context,
  refs: References,
  source: string,
  file: string,
  department: string,
  ticket: Ticket,
): PastCase {
  const cause = { file, row: ticket.line };
  const lines: PastLine[] = [];
  const tell = (past: string, at: Date, by: string | null, set: Row) => {
    const actor_id = by ? (refs.idOf('person', by) ?? null) : null;
    const last = lines.at(-1)?.at ?? at;
    lines.push({
      past,
      at: at < last ? last : at,
      actor_id,
      ...(actor_id ? { actor_kind: 'person' as const } : {}),
      cause,
      set,
    });
  };
  const { resolved, closed, end } = ending(ticket);
  const stands = standing(refs, ticket);
  tell('logged', ticket.opened_at, ticket.opened_by ?? ticket.requester, {
    ...stands,
    state: stands.team_id || stands.assignee_id ? 'assigned' : 'new',
    department,
    channel: ticket.channel,
    source,
    source_number: ticket.number,
    opened_at: ticket.opened_at,
    major: false,
  });
  const end_at = resolved ?? closed ?? ticket.updated_at;
  if (ticket.state === 'in_progress') tell('started', ticket.updated_at, ticket.assignee, { state: 'in_progress' });
  if (ticket.state === 'on_hold')
    tell('held', ticket.updated_at, ticket.assignee, { state: 'on_hold', hold_reason: ticket.hold_reason });
  if (resolved) tell('resolved', resolved, ticket.resolved_by, { state: 'resolved', resolved_at: resolved, ...end });
  if (closed) tell('closed', closed, ticket.closed_by, { state: 'closed', closed_at: closed });
  if (ticket.state === 'cancelled')
    tell('cancelled', end_at, ticket.closed_by, { state: 'cancelled', cancelled_at: end_at });
  const state = ticket.state === 'resolved' ? wakesOf({ state: 'resolved', resolved_at: resolved }) : [];
  return { lines, children: commentsOf(context, refs, ticket, 0), wake: state };
}

function commentsOf(context: Context, refs: References, ticket: Ticket, after: number) {
  return [...ticket.comments]
    .filter(({ at }) => at.getTime() > after)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, author, kind, text }) => {
      const author_id = author ? (refs.idOf('person', author) ?? null) : null;
      return {
        table: 'comment',
        insert: { id: newId(context.now), kind, text, author_id, author_kind: author_id ? 'person' : 'import', at },
      };
    });
}

const pastOf: Readonly<Record<Ticket['state'], string>> = {
  new: 'edited',
  in_progress: 'started',
  on_hold: 'held',
  resolved: 'resolved',
  closed: 'closed',
  cancelled: 'cancelled',
};

/** What an export says anew of a ticket that came in before: one line of what changed, and what was said since. */
function changeOf(
  context: Context,
  refs: References,
  file: string,
  record: Row,
  said: number,
  ticket: Ticket,
): PastCase {
  const { resolved, closed, end } = ending(ticket);
  const isNew = ticket.state === 'new';
  const set: Row = {
    ...standing(refs, ticket),
    ...(isNew ? {} : { state: ticket.state, hold_reason: ticket.hold_reason }),
    ...(resolved ? { resolved_at: resolved, ...end } : {}),
    ...(closed ? { closed_at: closed } : {}),
    ...(ticket.state === 'cancelled' ? { cancelled_at: ticket.updated_at } : {}),
  };
  const reopened = ['resolved', 'closed'].includes(String(record.state)) && !resolved;
  if (reopened && ticket.state !== 'cancelled') Object.assign(set, { resolved_at: null, closed_at: null });
  const past = reopened ? 'reopened' : record.state === set.state || isNew ? 'edited' : pastOf[ticket.state];
  const children = commentsOf(context, refs, ticket, said);
  const same = Object.entries(set).every(([name, value]) => sameValue(record[name], value));
  if (same && children.length === 0) return { record, lines: [] };
  const cause = { file, row: ticket.line };
  return { record, lines: [{ past, at: ticket.updated_at, actor_id: null, cause, set }], children };
}

const sameValue = (a: unknown, b: unknown) =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : (a ?? null) === (b ?? null);

/** When something was said last on each of these. */
async function lastSaid(context: Context, ids: readonly string[]): Promise<Map<string, number>> {
  const found = await rows<{ record_id: string; at: Date }>(
    context.db,
    sql`select record_id, max(at) as at from comment where record_id = any(${[...ids]}::uuid[]) group by record_id`,
  );
  return new Map(found.map((one) => [one.record_id, one.at.getTime()]));
}

/** How what is kept now compares with what the export says of itself. */
async function reconcileTickets(at: ImportHouse, source: string, tickets: readonly Ticket[]) {
  const found = await rows<Row & { key: string }>(
    at.db,
    sql`select k.key, r.title, r.state, r.priority, r.opened_at, i.resolved_at, i.closed_at, p.title as requester
        from import_key k join record r on r.id = k.record_id join incident i on i.id = r.id
          left join record p on p.id = r.requester_id
        where k.source = ${source} and k.type = 'incident' and k.key = any(${tickets.map(({ key }) => key)}::text[])`,
  );
  const kept = new Map(found.map((row) => [row.key, row]));
  const compare = (what: string, theirs: (ticket: Ticket) => unknown, ours: (row: Row) => unknown) => {
    const told = tickets.filter((ticket) => theirs(ticket) !== null && kept.has(ticket.key));
    const equal = told.filter((ticket) => sameValue(theirs(ticket), ours(kept.get(ticket.key)!))).length;
    return { what, rows: told.length, equal };
  };
  return [
    compare(
      'titles',
      ({ title }) => title,
      (row) => row.title,
    ),
    compare(
      'states',
      ({ state }) => state,
      (row) => (row.state === 'assigned' ? 'new' : row.state),
    ),
    compare(
      'opened',
      ({ opened_at }) => opened_at,
      (row) => row.opened_at,
    ),
    compare(
      'resolved',
      (one) => (ending(one).resolved ? one.resolved_at : null),
      (row) => row.resolved_at,
    ),
    compare(
      'requesters',
      ({ requester }) => requester,
      (row) => row.requester,
    ),
    compare(
      'priorities',
      ({ priority }) => priority,
      (row) => row.priority,
    ),
  ];
}
