import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Story, story } from '../../test/story';
import { commentsOf } from '../commons/conversation';
import { personBy } from '../commons/identity';
import { list } from '../commons/reading';
import { search } from '../commons/search';
import { type Row, rows, sql } from '../kernel/database';
import { schemaOf } from '../kernel/field';
import { load } from '../kernel/load';
import { sealAll } from '../kernel/seal';
import { verifyHistory } from '../kernel/verify';
import { measure } from '../views/measures';
import { loadPizza } from './pizza';
import { signIns } from './sign-ins';

const inIncidents = { types: ['incident'], limit: 50, offset: 0 };
let pizza: Story;
const loaded = async (at: string) => {
  const found = await story(at);
  await loadPizza(found);
  return found;
};
beforeAll(async () => {
  pizza = await loaded('2026-11-20T10:07:00Z');
}, 120_000);
afterAll(() => pizza?.end());

const ask = <T = Row>(statement: ReturnType<typeof sql>, from = pizza) => rows<T>(from.db, statement);
const count = async (statement: ReturnType<typeof sql>) => Number((await ask<{ n: string }>(statement))[0]!.n);
const incidents = () => pizza.house.types.get('incident')!;

/** Everything that was told, without ids. */
const tale = (from: Story) =>
  ask(
    sql`select r.number, r.title, r.state, r.priority, r.opened_at, r.due_at, r.version, i.resolved_at, i.description, r.custom,
          (select string_agg(h.name || ' ' || h.at::text || ' ' || h.actor_kind, ', ' order by h.id) from history h where h.record_id = r.id) as lines,
          (select string_agg(c.kind || ' ' || c.text, E'\n' order by c.id) from comment c where c.record_id = r.id) as said
        from record r join incident i on i.id = r.id order by r.serial`,
    from,
  );

test('the same seed and day tell the same', async () => {
  const again = await loaded('2026-11-20T10:02:30Z');
  try {
    expect(await tale(again)).toEqual(await tale(pizza));
  } finally {
    await again.end();
  }
}, 120_000);

test('it is as large as it should be: people, delivery points, eighteen months of incidents in four departments', async () => {
  const of = (type: string) => count(sql`select count(*) as n from record where type = ${type}`);
  expect(await of('person')).toBeGreaterThanOrEqual(55);
  expect(await of('person')).toBeLessThanOrEqual(65);
  expect(await count(sql`select count(*) as n from configuration_item where class = 'router'`)).toBe(50);
  expect(await of('incident')).toBeGreaterThan(2500);
  expect(await of('incident')).toBeLessThan(4000);
  const months = await ask<{ department: string; n: number }>(
    sql`select d.key as department, count(distinct to_char(r.opened_at, 'YYYY-MM'))::int as n
        from record r join department d on d.id = r.department where r.type = 'incident' group by 1`,
  );
  expect(months.map(({ department }) => department).sort()).toEqual(['facilities', 'finance', 'hr', 'it']);
  for (const { n } of months) expect(n).toBeGreaterThanOrEqual(18);
});

test('a bad release and a dead trunk stand out, each with its cause', async () => {
  const [release] = await ask<{ n: number; days: number }>(
    sql`select count(*)::int as n, count(distinct r.opened_at::date)::int as days from incident i join record r on r.id = i.id
        join record c on c.id = i.caused_by_change_id where c.title like 'Release 9.2%'`,
  );
  expect(release).toEqual({ n: 40, days: 1 });
  const outage = await ask<{ n: number }>(
    sql`select count(*)::int as n from incident i join record p on p.id = i.parent_id
        where p.title = 'No calls reach any delivery point' and i.resolution_code = 'by_supplier'`,
  );
  expect(outage[0]!.n).toBe(23);
});

test('what waits for a yes waits for the owners of what it touches', async () => {
  const waiting = await ask<{ service: boolean; own: boolean }>(
    sql`select s.owner_id = any(c.approver_ids) as service, r.requester_id = any(c.approver_ids) as own
        from change c join record r on r.id = c.id join service s on s.id = c.service_id
        where r.state = 'awaiting_authorization' and s.owner_id <> r.requester_id`,
  );
  expect(waiting.length).toBeGreaterThan(0);
  for (const one of waiting) expect(one).toEqual({ service: true, own: false });
});

describe('people', () => {
  test('exactly the nine may sign in, with their roles and departments', async () => {
    expect(await count(sql`select count(*) as n from credential`)).toBe(9);
    for (const one of signIns) {
      const id = await personBy(pizza.db, one.email, 'pizza');
      const [found] = await ask<{ name: string; roles: string[]; departments: string[] }>(
        sql`select r.title as name, p.roles, array(select d.key from department d where d.id = any(p.departments)) as departments
            from person p join record r on r.id = p.id where p.id = ${id ?? null}::uuid`,
      );
      expect(found).toEqual({ name: one.name, roles: one.roles, departments: one.departments });
    }
  });

  const reads: Record<string, string[]> = {
    rita: [],
    sam: ['it'],
    cho: ['it'],
    ines: ['it'],
    hana: ['hr'],
    fred: ['finance'],
    carla: ['it', 'finance', 'facilities'],
    otto: ['it', 'finance', 'facilities'],
    ada: ['it', 'finance', 'facilities'],
  };
  test.each(Object.entries(reads))(
    '%s sees the incidents of %j and their own, and no other',
    async (who, departments) => {
      const context = await pizza.context(`${who}@pizza.example`);
      const expected = await count(
        sql`select count(*) as n from record r join department d on d.id = r.department where r.type = 'incident'
          and (d.key = any(${departments}::text[]) or ${context.actor.id}::uuid in (r.requester_id, r.beneficiary_id))`,
      );
      expect((await list(context, incidents(), { count: 'true', limit: '1' })).total).toBe(expected);
      if (who === 'hana') return;
      const walled = await list(context, incidents(), { department: 'hr', limit: '500' });
      for (const record of walled.items)
        expect([record.requester_id, record.beneficiary_id]).toContain(context.actor.id);
      const titles = walled.items.map(({ title }) => title);
      if (who === 'sam') expect(titles).toEqual(['Night allowance missing on the payslip']);
      else if (who === 'rita') expect(titles).toContain('Change to full time from next month');
      else expect(titles).toEqual([]);
      const found = await search(context, 'payslip', inIncidents);
      const seen = new Set(walled.items.map(({ id }) => id));
      const behind = await ask<{ id: string }>(
        sql`select r.id from record r join department d on d.id = r.department where d.confidential`,
      );
      const confidential = new Set(behind.map(({ id }) => id));
      expect(found.items.filter(({ id }) => confidential.has(id) && !seen.has(id))).toEqual([]);
    },
  );

  test('Rita reads the conversation about the cards, but no note; the team finds both by their words', async () => {
    const [{ id }] = (await ask<{ id: string }>(
      sql`select id from record where title = 'Cards declined at the door' and priority = 1`,
    )) as [{ id: string }];
    const kinds = async (who: string) => {
      const context = await pizza.context(who);
      const [record] = await load(context, incidents(), [id]);
      return (await commentsOf(context, incidents(), record!, 50)).items.map(({ kind }) => kind);
    };
    expect(new Set(await kinds('rita@pizza.example'))).toEqual(new Set(['comment']));
    expect(await kinds('sam@pizza.example')).toContain('note');
    const hits = async (who: string, q: string) =>
      (await search(await pizza.context(who), q, inIncidents)).items.map((hit) => hit.id);
    expect(await hits('rita@pizza.example', 'offline mode takes payments')).toContain(id);
    expect(await hits('sam@pizza.example', 'chain lacks the one in the middle')).toContain(id);
    expect(await hits('rita@pizza.example', 'chain lacks the one in the middle')).not.toContain(id);
  });
});

describe('promises', () => {
  test('every incident falls under an agreement; open ones have a clock that runs or is paused', async () => {
    expect(
      await count(sql`select count(*) as n from record r where r.type = 'incident'
        and not exists (select 1 from clock c where c.record_id = r.id and c.target = 'resolution')`),
    ).toBe(0);
    const without = await ask(
      sql`select r.number, r.state, c.state as clock, r.due_at from record r left join clock c on c.record_id = r.id and c.target = 'resolution'
          where r.type = 'incident' and r.state_category in ('open', 'paused') and (c.ended_at is not null
            or (c.state = 'paused') <> (r.state = 'on_hold') or (r.due_at is null) <> (r.state = 'on_hold'))`,
    );
    expect(without).toEqual([]);
  });

  test('about one promise in fourteen was broken', async () => {
    const [kept] = await ask<{ share: number }>(
      sql`select avg((not breached)::int)::float8 as share from clock where state in ('met', 'breached') and ended_at is not null`,
    );
    expect(kept!.share).toBeGreaterThan(0.9);
    expect(kept!.share).toBeLessThan(0.95);
  });

  test('what is resolved closes itself, what is on hold wakes itself', async () => {
    const lazy = await ask(
      sql`select r.number from record r join incident i on i.id = r.id left join timer t on t.record_id = r.id
          where (r.state = 'resolved' and t.due_at is distinct from i.resolved_at + interval '5 days')
             or (r.state = 'on_hold' and i.hold_until is not null and t.due_at is distinct from i.hold_until)`,
    );
    expect(lazy).toEqual([]);
    expect(await count(sql`select count(*) as n from timer`)).toBeGreaterThan(15);
    expect(await count(sql`select count(*) as n from timer where due_at < ${pizza.now()}`)).toBe(0);
  });
});

test.each([
  ['on a Friday morning', null],
  ['on a Sunday night', '2027-03-14T02:41:00Z'],
])(
  'Sam finds a morning’s work %s',
  async (_when, at) => {
    const here = at ? await loaded(at) : pizza;
    try {
      const now = here.now().getTime();
      const open = await ask<{
        title: string;
        state: string;
        priority: number;
        due_at: Date | null;
        assignee: string | null;
      }>(
        sql`select r.title, r.state, r.priority, r.due_at, p.email as assignee from record r left join person p on p.id = r.assignee_id
          where r.type = 'incident' and r.state_category in ('open', 'paused')`,
        here,
      );
      const mine = open.filter(({ assignee }) => assignee === 'sam@pizza.example');
      expect(mine.length).toBeGreaterThanOrEqual(8);
      expect(mine.length).toBeLessThanOrEqual(12);
      expect(new Set(mine.map(({ state }) => state))).toEqual(new Set(['assigned', 'in_progress', 'on_hold']));
      expect(mine.find(({ priority }) => priority === 1)?.title).toBe('Cards declined at the door');
      const hours = open.flatMap(({ due_at }) => (due_at ? [(due_at.getTime() - now) / 3_600_000] : []));
      expect(hours.filter((left) => left >= 0 && left <= 2).length).toBeGreaterThanOrEqual(5);
      expect(hours.filter((left) => left > 24).length).toBeGreaterThanOrEqual(5);
      expect(hours.filter((left) => left < 0).length).toBeLessThanOrEqual(6);
      expect(open.filter(({ title }) => /declined at the door/.test(title)).length).toBeGreaterThanOrEqual(4);
      expect(open.length).toBeLessThan(80);
    } finally {
      if (here !== pizza) await here.end();
    }
  },
  120_000,
);

describe('the truth of it', () => {
  test('figures over time say what the records say', async () => {
    const context = await pizza.context();
    const figures = async (name: 'intake' | 'resolved' | 'backlog', by: 'month' | 'service') =>
      Object.fromEntries(
        (await measure(context, name, { type: 'incident', plural: 'incidents', by, only: {} })).map((item) => [
          item.key,
          item.value,
        ]),
      );
    const plain = async (statement: ReturnType<typeof sql>) =>
      Object.fromEntries((await ask<{ key: string; n: number }>(statement)).map(({ key, n }) => [key, n]));
    expect(await figures('intake', 'month')).toEqual(
      await plain(
        sql`select to_char(opened_at at time zone 'UTC', 'YYYY-MM') as key, count(*)::int as n from record where type = 'incident' group by 1`,
      ),
    );
    expect(await figures('resolved', 'month')).toEqual(
      await plain(
        sql`select to_char(resolved_at at time zone 'UTC', 'YYYY-MM') as key, count(*)::int as n from incident where resolved_at is not null group by 1`,
      ),
    );
    expect(await figures('backlog', 'service')).toEqual(
      await plain(
        sql`select s.number as key, count(*)::int as n from incident i join record r on r.id = i.id join record s on s.id = i.service_id
            where r.state_category <> 'final' group by 1`,
      ),
    );
  });

  test('counters, stamps and states agree with the lines', async () => {
    const wrong = await ask(
      sql`select r.number from record r join incident i on i.id = r.id
          cross join lateral (select count(*) filter (where h.name = 'incident.reopened') as reopened,
              max(h.at) filter (where h.name = 'incident.closed') as closed, max(h.at) as last, bool_and(h.at <= ${pizza.now()}) as past
            from history h where h.record_id = r.id) l
          where r.type = 'incident' and (i.reopen_count <> l.reopened or not l.past or r.updated_at <> l.last
            or (r.state = 'closed') <> (i.closed_at is not null) or i.closed_at <> l.closed
            or (r.state in ('resolved', 'closed') and r.merged_into_id is null) <> (i.resolved_at is not null) or i.acknowledged_at < r.opened_at)`,
    );
    expect(wrong).toEqual([]);
  });

  test('the team a rule names is the team it went to', async () => {
    const told = await ask<{ named: string; taken: string }>(
      sql`select h.why -> 'team' ->> 'id' as named, (select c ->> 'after' from jsonb_array_elements(h.changes) c where c ->> 'field' = 'team_id') as taken
          from history h where h.name = 'incident.logged' and h.why is not null`,
    );
    expect(told.length).toBeGreaterThan(1000);
    expect(told.filter(({ named, taken }) => named !== taken)).toEqual([]);
  });

  test('what was made by the past would also be taken by the front door', async () => {
    const wrong: string[] = [];
    for (const type of pizza.house.types.values()) {
      const ids = await ask<{ id: string }>(sql`select id from record where type = ${type.type} limit 400`);
      const context = await pizza.context();
      const records = await load(
        context,
        type,
        ids.map(({ id }) => id),
      );
      for (const record of records)
        for (const [name, field] of Object.entries(pizza.house.fieldsOf(type))) {
          const value = field.on === 'custom' ? (record.custom as Row)[name] : record[field.column ?? name];
          if (value === null || value === undefined || value instanceof Date || field.kind === 'instant') continue;
          if (!schemaOf(field).safeParse(value).success)
            wrong.push(`${record.number} ${name}: ${JSON.stringify(value)}`);
        }
    }
    expect(wrong).toEqual([]);
  });

  test('history is sealed and holds', async () => {
    await sealAll(pizza.db, '01a1fb00-0000-7000-8000-000000000000', pizza.now());
    expect(await verifyHistory(pizza.db)).toMatchObject({ unsealed: 0, broken: null });
  });
});
