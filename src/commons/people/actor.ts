import type { Actor } from '../../kernel/actor';
import { type Db, rows, type Sql, sql } from '../../kernel/database';
import { agentRoles, overseeingRoles, readingRoles } from './roles';

interface Found {
  id: string;
  name: string;
  roles: string[];
  departments: string[];
  team_ids: string[];
  language: string | null;
  time_zone: string | null;
  state: string;
  walls: { id: string; key: string; confidential: boolean; read_by_ids: string[]; team_ids: string[] }[];
}

/** Who somebody is, with departments and roles resolved; undefined when there is no such active person. */
export async function actorOf(db: Db, personId: string, scope: 'all' | 'read' = 'all'): Promise<Actor | undefined> {
  const [found] = await find(db, sql`p.id = ${personId}::uuid`);
  return found && resolve(found, scope);
}

/** The same for several at once. */
export async function actorsOf(db: Db, ids: readonly string[]): Promise<Actor[]> {
  return (await find(db, sql`p.id = any(${[...ids]}::uuid[])`)).map((found) => resolve(found, 'all'));
}

/** Everybody who is active and can sign in to see something. */
export async function allActors(db: Db): Promise<Actor[]> {
  return (await find(db, sql`true`)).map((found) => resolve(found, 'all'));
}

function find(db: Db, which: Sql): Promise<Found[]> {
  return rows<Found>(
    db,
    sql`with w as (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'key', d.key, 'confidential', d.confidential,
            'read_by_ids', d.read_by_ids, 'team_ids', case when d.confidential then array(select t.id from team t
              join record s on s.id = t.id where s.department = d.id) else '{}' end)), '[]') as walls from department d)
        select p.id, r.title as name, p.roles, p.departments, p.team_ids, p.language, p.time_zone, r.state, w.walls
        from person p join record r on r.id = p.id cross join w where ${which} and r.state = 'active' order by r.serial`,
  );
}

function resolve(found: Found, scope: 'all' | 'read'): Actor {
  const has = (some: readonly string[]) => found.roles.some((role) => some.includes(role));
  const own = found.departments;
  const agent = has(agentRoles);
  const reads = new Set<string>(agent || has(readingRoles) ? own : []);
  for (const wall of found.walls) {
    if (agent && wall.read_by_ids.some((id) => own.includes(id))) reads.add(wall.id);
    if (has(overseeingRoles) && !wall.confidential) reads.add(wall.id);
  }
  const walled = found.walls.filter((wall) => wall.confidential && !own.includes(wall.id));
  return {
    id: found.id,
    kind: 'person',
    name: found.name,
    roles: found.roles,
    handles: agent ? own : [],
    reads: [...reads],
    walledOff: walled.map((wall) => wall.id),
    walledTeams: walled.flatMap((wall) => wall.team_ids),
    teams: found.team_ids,
    language: found.language ?? 'en',
    time_zone: found.time_zone ?? 'UTC',
    scope,
  };
}
