import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Story, story } from '../../../../test/story';
import { historyLine } from '../../../commons/reading';
import type { Row } from '../../../kernel/database';
import { type AssignmentRule, chooseAmong, isAbsent, isOnShift, ruleFor } from './assignment.rules';

let told: Story;
let service: Row;
const team: Record<string, Row> = {};
const member: Record<string, Row> = {};

beforeAll(async () => {
  told = await story('2026-03-02T09:00:00Z');
  await told.act('department.create', null, { key: 'it', name: 'IT', desk: true });
  for (const name of ['Ana', 'Bo', 'Cy'])
    member[name] = await told.act('person.create', null, {
      name,
      email: `${name.toLowerCase()}@x.test`,
      roles: ['agent'],
      departments: ['it'],
    });
  const member_ids = ['Ana', 'Bo', 'Cy'];
  team.network = await told.act('team.create', null, { name: 'Network', department: 'it', member_ids });
  team.tills = await told.act('team.create', null, { name: 'Tills', department: 'it' });
  service = await told.act('service.create', null, { name: 'Ordering', department: 'it', team_id: 'Tills' });
  await told.act('assignment_rule.create', null, {
    name: 'Network faults',
    match: { category: 'Network' },
    team_id: 'Network',
    balance: 'round_robin',
  });
});
afterAll(() => told.end());

const log = (input: Row) => told.act('incident.log', null, { title: 'It fails', ...input }, 'ana@x.test');
const names = (ids: unknown[]) => ids.map((id) => Object.keys(member).find((name) => member[name]!.id === id) ?? null);

describe('an incident that was given to nobody', () => {
  test('goes to the team that operates its service, and says why', async () => {
    const incident = await log({ service_id: service.id });
    expect(incident).toMatchObject({ state: 'assigned', team_id: team.tills!.id, assignee_id: null });
    const [line] = await told.lines(String(incident.id));
    expect(line!.why).toMatchObject({ rule: 'Tills operates the service Ordering.' });
  });

  test('goes by the rule before that, to whoever has the fewest open ones, in turn', async () => {
    const given = [];
    for (let turn = 0; turn < 6; turn += 1) {
      await told.later(1);
      given.push((await log({ category: 'network', service_id: service.id })).assignee_id);
    }
    expect(names(given.slice(0, 3)).sort()).toEqual(['Ana', 'Bo', 'Cy']);
    expect(names(given.slice(3))).toEqual(names(given.slice(0, 3)));
    const many = await told.actAll(
      'incident.log',
      Array.from({ length: 6 }, () => ({ input: { title: 'All of them', category: 'Network' } })),
      'ana@x.test',
    );
    const counted = names(many.map((result) => result.ok && result.record.assignee_id)).sort();
    expect(counted).toEqual(['Ana', 'Ana', 'Bo', 'Bo', 'Cy', 'Cy']);
  });

  test('passes over who is absent, and the line says so without figures', async () => {
    await told.act('person.edit', String(member.Bo!.id), { absent_from: '2026-03-01', absent_until: '2026-03-05' });
    const given = await Promise.all([1, 2, 3].map(() => log({ category: 'Network' })));
    expect(names(given.map((one) => one.assignee_id))).not.toContain('Bo');
    const [line] = await told.lines(String(given[0]!.id));
    const why = line!.why as { inputs: Row; alternatives: Row[] };
    expect(why.inputs).toEqual({ category: 'Network' });
    // People stand there by id, so that erasing one leaves no name; who reads it is told the names of today.
    expect(JSON.stringify(why)).not.toMatch(/"(Ana|Bo|Cy)"/);
    expect(why.alternatives).toContainEqual({ id: member.Bo!.id, because: 'is absent' });
    const read = await historyLine(await told.context(), String(line!.id));
    expect(
      (read!.why as typeof why).alternatives.map((one) => ({ ...one, because: String(one.because) })),
    ).toContainEqual({ id: member.Bo!.id, because: 'is absent', name: 'Bo' });
    await told.act('person.edit', String(member.Bo!.id), { absent_from: null, absent_until: null });
  });

  test('goes to the team alone when nobody is on shift', async () => {
    await told.act('team.edit', String(team.network!.id), {
      shifts: [{ days: ['sat'], from: '08:00', until: '12:00', person_ids: ['cy@x.test'] }],
    });
    expect(await log({ category: 'Network' })).toMatchObject({
      state: 'assigned',
      team_id: team.network!.id,
      assignee_id: null,
    });
    await told.until('2026-03-07T09:00:00Z');
    expect(names([(await log({ category: 'Network' })).assignee_id])).toEqual(['Cy']);
  });

  test('stays new when no rule and no service finds a team, and keeps the team that was named', async () => {
    expect(await log({})).toMatchObject({ state: 'new', team_id: null });
    expect(await log({ category: 'Network', team_id: 'Tills' })).toMatchObject({
      team_id: team.tills!.id,
      assignee_id: null,
    });
  });
});

describe('the rules of assignment', () => {
  const rule = { id: 'r', name: 'R', team_id: 't', team: 'T', balance: 'none' as const, version: 1 };
  const never = () => null;

  test('the lowest rank goes first, then the rule that says most', () => {
    const rules: AssignmentRule[] = [
      { ...rule, number: 'RULE-1', rank: 5, match: {} },
      { ...rule, number: 'RULE-2', rank: 5, match: { category: 'a' } },
      { ...rule, number: 'RULE-3', rank: 9, match: { category: 'a', priority: 1 } },
    ];
    expect(ruleFor(rules, { category: 'A', priority: 1 }, never)?.number).toBe('RULE-2');
    expect(ruleFor(rules, { category: 'b' }, never)?.number).toBe('RULE-1');
    expect(ruleFor([rules[1]!], { category: null }, never)).toBeUndefined();
    const asking = { ...rules[0]!, number: 'RULE-4', condition: 'impact == 1' };
    expect(ruleFor([...rules, asking], { category: 'b' }, () => true)?.number).toBe('RULE-4');
    expect(ruleFor([...rules, asking], { category: 'b' }, () => null)?.number).toBe('RULE-1');
  });

  test('among as many open ones the choice falls on who waited longest', () => {
    const person = { absent: false, on_shift: true, open: 2 };
    const chosen = chooseAmong([
      { ...person, id: 'a', name: 'A', last_at: 20 },
      { ...person, id: 'b', name: 'B', last_at: 10 },
      { ...person, id: 'c', name: 'C', last_at: 0, absent: true },
    ]);
    expect(chosen.person?.id).toBe('b');
    expect(chosen.alternatives.map(({ because }) => because)).toEqual(['was given one more recently', 'is absent']);
  });

  test('a shift past midnight belongs to the day it began on', () => {
    const night = [{ days: ['fri'], from: '22:00', until: '06:00' }];
    const at = (text: string) => Date.parse(`2026-03-${text}:00Z`);
    expect(isOnShift(night, 'p', at('06T23:00'))).toBe(true);
    expect(isOnShift(night, 'p', at('07T05:59'))).toBe(true);
    expect(isOnShift(night, 'p', at('07T06:00'))).toBe(false);
    expect(isOnShift(night, 'p', at('07T23:00'))).toBe(false);
  });

  test('an absence may be open at either end', () => {
    expect(isAbsent(null, null, '2026-03-02')).toBe(false);
    expect(isAbsent('2026-03-02', null, '2026-03-02')).toBe(true);
    expect(isAbsent(null, '2026-03-01', '2026-03-02')).toBe(false);
  });
});
