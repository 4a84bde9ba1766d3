import { agentRoles, overseeingRoles, readingRoles, roles } from '../src/commons/people';
import type { Actor } from '../src/kernel/actor';
import type { House, Verb } from '../src/kernel/command';
import type { Row } from '../src/kernel/database';
import { verbsOf } from '../src/kernel/house';
import type { Relation } from '../src/kernel/policy';
import type { RecordType } from '../src/kernel/record';

const me = '00000000-0000-7000-8000-000000000001';
const mine = '00000000-0000-7000-8000-00000000000d';
const other = '00000000-0000-7000-8000-00000000000e';

/** Somebody who holds one role, in one department. */
function holder(role: string): Actor {
  const agent = agentRoles.includes(role);
  const reads = overseeingRoles.includes(role) ? [mine, other] : agent || readingRoles.includes(role) ? [mine] : [];
  return {
    id: me,
    kind: 'person',
    name: role,
    roles: [role],
    handles: agent ? [mine] : [],
    reads,
    walledOff: [],
    walledTeams: [],
    teams: [],
    language: 'en',
    time_zone: 'UTC',
    scope: 'all',
  };
}

const holds = (relations: readonly Relation[], row: Row, actor: Actor) =>
  relations.some((one) => one.holds(row, actor));

/** `all`: any record outside walls; `dept`: of their own departments; empty: neither. */
function reach(relations: readonly Relation[], type: RecordType, actor: Actor): string {
  const states = Object.keys(type.life.states);
  const in_ = (department: string) => states.some((state) => holds(relations, { department, state }, actor));
  if (in_(other)) return 'all';
  return in_(mine) ? 'dept' : '';
}

/** Whoever may without a role: because of what they are to the record. */
function byTie(relations: readonly Relation[], type: RecordType): string {
  const actor = { ...holder('requester'), roles: [] };
  const ties: string[] = [];
  for (const [column, word] of [
    ['requester_id', 'requester'],
    ['beneficiary_id', 'beneficiary'],
    ['assignee_id', 'assignee'],
    ['id', 'the person'],
  ] as const) {
    const states = Object.keys(type.life.states).filter((state) => holds(relations, { [column]: me, state }, actor));
    const without = Object.keys(type.life.states).filter((state) => holds(relations, { state }, actor));
    if (states.length === 0 || without.length > 0) continue;
    ties.push(states.length === Object.keys(type.life.states).length ? word : `${word} while ${states.join(', ')}`);
  }
  const lead = { ...holder('team_lead'), teams: [mine] };
  if (holds(relations, { team_ids: [mine] }, lead) && !holds(relations, {}, lead)) ties.push('lead of their team');
  return ties.join('; ');
}

function line(type: RecordType, name: string, relations: readonly Relation[]): string {
  return `| ${[name, ...roles.map((role) => reach(relations, type, holder(role))), byTie(relations, type)].join(' | ')} |`;
}

const permission = (verb: Verb) => `${verb.verb}${verb.hidden ? ' (by itself)' : ''}`;

/** The matrix of verbs and roles, from the declarations themselves. */
export function whoMay(house: House): string {
  const head = `| | ${roles.map((role) => role.replaceAll('_', ' ')).join(' | ')} | also |`;
  const rule = `|---|${roles.map(() => '---').join('|')}|---|`;
  const parts = [...house.types.values()].map((type) =>
    [
      `## ${type.labels}`,
      '',
      head,
      rule,
      line(type, '*see*', type.sees),
      line(type, '*read what is for the team*', type.team),
      ...verbsOf(house, type).map((verb) => line(type, permission(verb), verb.allow)),
    ].join('\n'),
  );
  return [
    '# Who may do what',
    '',
    'Made from the declarations by `test/who-may.test.ts`; `npx vitest run test/who-may.test.ts -u` writes it anew.',
    '**all**: any record outside confidential departments. **dept**: records of their own departments. *Also*: because of',
    'what they are to the record. A token may be narrower than its owner; walls hold for every role.',
    '',
    parts.join('\n\n'),
    '',
  ].join('\n');
}
