import { reason } from '../../../../commons/keeping/verbs';
import { type Context, type FactItem, verb, type Wake } from '../../../../kernel/command';
import { among, type Row, rows, sql } from '../../../../kernel/database';
import { handlesDepartment, theSystem } from '../../../../kernel/policy';
import { invalid } from '../../../../kernel/refusal';
import { type Sentence, say } from '../../../../kernel/sentence.contract';
import { incident } from '../incident';
import { dropping, type ProposalRow, proposalFacts } from '../proposals';

const agents = [handlesDepartment, theSystem];

/** How long after a missed update it is said again, in milliseconds. */
const againMs = 15 * 60_000;

const updateTimer = (at: Date | null): Wake => ({
  key: 'update',
  verb: 'miss',
  at,
  reason: String(say`users wait for an update`),
});
export const noUpdate = updateTimer(null);

function inTheFuture(at: unknown, now: Date): Date {
  if (!(at instanceof Date) || at <= now) throw invalid('next_update_at', say`The next update lies in the future.`);
  return at;
}

const message = incident.fields.major_message!;
const nextUpdate = incident.fields.next_update_at!;

/**
 * It is more than one incident: users are told a sentence and when they hear again, services count as down, and the
 * reports that are like it become its children.
 */
export const declare = verb<Row, ProposalRow[]>({
  on: incident,
  verb: 'declare',
  past: 'declared',
  done: 'declared a major incident',
  label: 'Declare a major incident',
  input: {
    major_message: message,
    down_service_ids: incident.fields.down_service_ids!,
    next_update_at: nextUpdate,
    child_ids: { kind: 'references', label: 'Reports of the same', to: 'incident' },
  },
  required: ['major_message', 'next_update_at'],
  allow: agents,
  unfit: (record) => (record.major_since === null ? null : say`It is a major incident already.`),
  facts: proposalFacts,
  decide: (record, input, proposals, context) => {
    const own = record.service_id === null ? [] : [record.service_id];
    const down = (input.down_service_ids as string[] | null | undefined) ?? own;
    if (down.length === 0 && !context.house.off.has('service'))
      throw invalid('down_service_ids', say`Name the services that are down.`);
    if (String(input.major_message).trim() === '') throw invalid('major_message', say`Users are told a sentence.`);
    const children = ((input.child_ids as string[] | null | undefined) ?? []).filter((id) => id !== record.id);
    return {
      set: {
        major: true,
        major_since: context.now,
        major_message: input.major_message,
        down_service_ids: down,
        next_update_at: inTheFuture(input.next_update_at, context.now),
      },
      remember: { child_ids: children.length > 0 ? children : null },
      children: dropping(proposals, 'major'),
      wake: [updateTimer(input.next_update_at as Date)],
    };
  },
});

const notMajor = (record: Row): Sentence | null => (record.major === true ? null : say`It is no major incident.`);

/** Users are told how it stands, and when they hear again. */
export const inform = verb<Row>({
  on: incident,
  verb: 'inform',
  past: 'informed',
  done: 'told to users',
  label: 'Tell users',
  input: { major_message: message, next_update_at: nextUpdate },
  required: ['major_message', 'next_update_at'],
  allow: agents,
  unfit: notMajor,
  decide: (record, input, _facts, context) => {
    if (String(input.major_message).trim() === '') throw invalid('major_message', say`Users are told a sentence.`);
    const at = inTheFuture(input.next_update_at, context.now);
    return {
      set: { major_message: input.major_message, next_update_at: at, major_since: record.major_since ?? context.now },
      wake: [updateTimer(at)],
    };
  },
});

/** It was less than it looked like. */
export const downgrade = verb<Row>({
  on: incident,
  verb: 'downgrade',
  past: 'downgraded',
  done: 'downgraded',
  label: 'No major incident',
  input: { reason },
  required: ['reason'],
  allow: agents,
  unfit: notMajor,
  decide: (_record, input) => ({
    set: { major: false, major_since: null, next_update_at: null },
    remember: { reason: input.reason },
    wake: [noUpdate],
  }),
});

/** Whom a missed update is told: who leads the team, and whoever manages incidents of the department. */
async function whoMustKnow(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, string[]>> {
  const found = await rows<{ id: string; to: string }>(
    context.db,
    sql`select r.id, p.id as to from record r join record p on p.type = 'person' and p.state = 'active'
          join person o on o.id = p.id
        where r.id ${among(items.map(({ key }) => key))}
          and ((o.roles && array['incident_manager'] and r.department = any(o.departments))
            or p.id = (select t.lead_id from team t where t.id = r.team_id))`,
  );
  return new Map(items.map(({ key }) => [key, found.filter(({ id }) => id === key).map(({ to }) => to)]));
}

/** The time users were promised an update has passed without one. It is said again until somebody tells them. */
export const miss = verb<Row, string[]>({
  on: incident,
  verb: 'miss',
  past: 'missed',
  label: 'Miss an update',
  hidden: true,
  allow: [theSystem],
  facts: whoMustKnow,
  decide: (record, _input, to, context) =>
    record.major !== true || record.next_update_at === null
      ? {}
      : {
          remember: { promised_update: record.next_update_at },
          why: {
            rule: String(say`Users were promised an update that did not come.`),
            promised: record.next_update_at,
            to,
          },
          wake: [updateTimer(new Date((context.at ?? context.now).getTime() + againMs))],
        },
});
