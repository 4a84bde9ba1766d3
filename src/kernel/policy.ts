import type { Actor } from './actor';
import { calledRole, calledState } from './called';
import { any, type Row, type Sql, sql } from './database';
import { or, type Sentence, say } from './sentence.contract';

/**
 * One reason for which somebody may see or do something. The same relation answers for a row in hand (`holds`) and
 * compiles to a condition over the alias `r` of table `record` (`where`), so that a list, a count, a search and a
 * single record can never disagree. `where` is a column test against a value or a set of ids, never a correlated
 * `exists` (at a million rows: 3 ms against 3 s); `true`/`false` when the caller alone decides.
 */
export interface Relation {
  readonly name: string;
  /** Completes "may see this because …". */
  readonly because: Sentence;
  holds(row: Row, actor: Actor): boolean;
  where(actor: Actor): Sql | boolean;
}

/** A person named in a column of the record. */
export function person(column: 'requester_id' | 'beneficiary_id' | 'assignee_id' | 'id', because: Sentence): Relation {
  return {
    name: column === 'id' ? 'self' : column.replace(/_id$/, ''),
    because,
    holds: (row, actor) => actor.id !== null && row[column] === actor.id,
    where: (actor) => (actor.id === null ? false : sql`${sql.ref(`r.${column}`)} = ${actor.id}::uuid`),
  };
}

/** Whoever reads the record's department (walls: a confidential department is read only from within). */
export const readsDepartment: Relation = {
  name: 'reads its department',
  because: say`their role reads this department`,
  holds: (row, actor) => typeof row.department === 'string' && actor.reads.includes(row.department),
  where: (actor) => (actor.reads.length === 0 ? false : sql`r.department = any(${[...actor.reads]}::uuid[])`),
};

/** Whoever does agents' work in the record's department. */
export const handlesDepartment: Relation = {
  name: 'agent in its department',
  because: say`they hold an agent role in this department`,
  holds: (row, actor) => typeof row.department === 'string' && actor.handles.includes(row.department),
  where: (actor) => (actor.handles.length === 0 ? false : sql`r.department = any(${[...actor.handles]}::uuid[])`),
};

/** A role held anywhere. */
export function role(...roles: string[]): Relation {
  const has = (actor: Actor) => roles.some((name) => actor.roles.includes(name));
  return {
    name: roles.join(' or '),
    because: say`they are ${or(roles.map(calledRole))}`,
    holds: (_row, actor) => has(actor),
    where: has,
  };
}

/** Both at once: a role, and a relation to the record. */
export function both(left: Relation, right: Relation): Relation {
  return {
    name: `${left.name}, ${right.name}`,
    because: say`${left.because} and ${right.because}`,
    holds: (row, actor) => left.holds(row, actor) && right.holds(row, actor),
    where: (actor) => {
      const [a, b] = [left.where(actor), right.where(actor)];
      if (a === false || b === false) return false;
      if (a === true) return b;
      if (b === true) return a;
      return sql`(${a} and ${b})`;
    },
  };
}

/** A relation that holds only while the record is in one of these states. */
export function whileIn(states: readonly string[], relation: Relation): Relation {
  return {
    name: `${relation.name} while ${states.join(' or ')}`,
    because: say`${relation.because} and it is ${or(states.map(calledState))}`,
    holds: (row, actor) => states.includes(String(row.state)) && relation.holds(row, actor),
    where: (actor) => {
      const inner = relation.where(actor);
      if (inner === false) return false;
      const state = sql`r.state = any(${[...states]}::text[])`;
      return inner === true ? state : sql`(${state} and ${inner})`;
    },
  };
}

/** Records of no department, or of one that is not walled off from this caller. */
export const outsideWalls: Relation = {
  name: 'no wall between',
  because: say`its department is not confidential`,
  holds: (row, actor) => typeof row.department !== 'string' || !actor.walledOff.includes(row.department),
  where: (actor) =>
    actor.walledOff.length === 0
      ? true
      : sql`(r.department is null or r.department <> all(${[...actor.walledOff]}::uuid[]))`,
};

/** Records that name no team, or one whose department is not walled off from this caller: they follow their team. */
export const outsideTeamWalls: Relation = {
  name: 'no wall before its team',
  because: say`its team's department is not confidential`,
  holds: (row, actor) => typeof row.team_id !== 'string' || !actor.walledTeams.includes(row.team_id),
  where: (actor) =>
    actor.walledTeams.length === 0
      ? true
      : sql`(r.team_id is null or r.team_id <> all(${[...actor.walledTeams]}::uuid[]))`,
};

/** Everybody who is signed in. */
export const everyone: Relation = {
  name: 'everyone',
  because: say`everyone who is signed in may`,
  holds: (_row, actor) => actor.id !== null,
  where: (actor) => actor.id !== null,
};

/** The product itself: rules, timers, imports. No person has it. */
export const theSystem: Relation = {
  name: 'the system',
  because: say`the product does this itself`,
  holds: (_row, actor) => actor.kind !== 'person',
  where: (actor) => actor.kind !== 'person',
};

export function holdsAny(relations: readonly Relation[], row: Row, actor: Actor): boolean {
  if (actor.kind !== 'person') return true;
  return relations.some((relation) => relation.holds(row, actor));
}

/** The condition under which a record is in sight of this caller, over alias `r`. */
export function whereAny(relations: readonly Relation[], actor: Actor): Sql {
  if (actor.kind !== 'person') return sql`true`;
  const conditions: Sql[] = [];
  for (const relation of relations) {
    const condition = relation.where(actor);
    if (condition === true) return sql`true`;
    if (condition !== false) conditions.push(condition);
  }
  return any(conditions);
}
