import { type Row, rows, sql } from '../src/kernel/database';
import { type Story, story } from './story';

/** Monday, 2 March 2026, 09:00 in Lisbon, where the calendar lies; Lisbon is at UTC until 29 March. */
const monday = '2026-03-02T09:00:00Z';

export const office = {
  timezone: 'Europe/Lisbon',
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
  holidays: ['2026-03-10'],
};

/** An organisation with a desk, a service, two calendars and an agreement in force. */
export async function promiseStage() {
  const told: Story = await story(monday);
  await told.act('department.create', null, { key: 'it', name: 'Information technology', desk: true });
  await told.act('person.create', null, { name: 'Sam', email: 'sam@x.test', roles: ['agent'], departments: ['it'] });
  await told.act('person.create', null, { name: 'Rita', email: 'rita@x.test', roles: ['requester'] });
  const lead = await told.act('person.create', null, {
    name: 'Lea',
    email: 'lea@x.test',
    roles: ['team_lead'],
    departments: ['it'],
  });
  await told.act('team.create', null, { name: 'Desk', department: 'it', lead_id: lead.id });
  const service = await told.act('service.create', null, { name: 'Ordering', department: 'it' });
  await told.act('calendar.create', null, { name: 'Office Lisbon', ...office });
  await told.act('calendar.create', null, {
    name: 'Always',
    timezone: 'UTC',
    hours: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
    ),
  });
  const agreement = await told.act('agreement.create', null, {
    name: 'Standard',
    calendar_id: 'Office Lisbon',
    targets: [
      { target: 'first_response', seconds: 3600 },
      { target: 'resolution', seconds: 4 * 3600 },
      { target: 'resolution', seconds: 2 * 3600, priority: 1 },
      { target: 'update', seconds: 1800 },
    ],
    pause_states: ['on_hold'],
    warn_share: 0.75,
    escalations: [
      { from: 'breach', after_s: 1800, team_lead: true },
      { from: 'breach', after_s: 0, role: 'team_lead', target: 'resolution' },
    ],
    effective_on: '2026-01-01',
  });
  await told.act('agreement.publish', String(agreement.id));

  /** The clocks of a record as they are kept, by target and, after the first, run. */
  const kept = async (id: unknown) => {
    const found = await rows<Row>(
      told.db,
      sql`select * from clock where record_id = ${id}::uuid order by target, cycle`,
    );
    return Object.fromEntries(
      found.map((row) => [`${row.target}${Number(row.cycle) > 1 ? ` ${row.cycle}` : ''}`, row]),
    );
  };
  const log = (input: Row = {}, who = 'rita@x.test') =>
    told.act('incident.log', null, { title: 'The till does not print', ...input }, who);
  const due = async (incident: Row) => (await told.row('incident', String(incident.id))).due_at;
  const names = async (incident: Row) => (await told.lines(String(incident.id))).map((line) => line.name);
  return { told, service, agreement, kept, log, due, names };
}

/** An instant of that March. */
export const at = (text: string) => new Date(`2026-03-${text}:00Z`);
