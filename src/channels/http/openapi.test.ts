import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';
import { misfits, oddTexts, type Schema, valuesOf } from '../../../test/json-schema';

interface Described {
  readonly parameters?: { name?: string; in?: string; required?: boolean; schema?: Schema; $ref?: string }[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
  readonly responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Described>>;
  readonly components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, { name: string; in: string; schema: Schema }>;
  };
}
interface Way {
  readonly path: string;
  readonly method: string;
  readonly described: Described;
}

let opened: Door;
let max: Caller;
let document: Document;
let ways: Way[];
const find = (ref: string) => document.components.schemas[ref.split('/').pop()!]!;

beforeAll(async () => {
  opened = await door();
  // Somebody who may do everything, so that no message ends at a 403.
  await (await opened.as('ada')).post('/people', {
    name: 'Max Test',
    email: 'max@x.test',
    roles: ['administrator', 'agent', 'service_owner', 'configuration_manager', 'cio'],
    departments: ['it', 'hr', 'finance'],
  });
  max = await opened.as('max');
  await max.post('/custom-fields', { record_type: 'incident', key: 'x_odd', label: 'Odd', kind: 'money' });
  const sam = await opened.as('sam');
  const made = await sam.post('/incidents', {
    title: 'Till',
    service_id: 'Card payments',
    x_odd: { amount: '1.50', currency: 'EUR' },
  });
  const at = `/incidents/${made.body.number}`;
  await sam.post(`${at}/comment`, { text: 'one' });
  await sam.post(`${at}/links`, { kind: 'relates', to: 'Card payments' });
  await sam.post(`${at}/watchers`, { person_id: 'ada@x.test' });
  await sam.attach(`${at}/attachments`, 'a.txt', 'x');
  await max.post('/calendars', { name: 'Office', timezone: 'UTC', hours: { mon: [['09:00', '17:00']] } });
  await max.post('/agreements', {
    name: 'Standard',
    calendar_id: 'Office',
    targets: [{ target: 'resolution', seconds: 3600 }],
    pause_states: ['on_hold'],
    effective_on: '2026-01-01',
  });
  await opened.settle();
  document = (await max.get('/openapi.json')).body as unknown as Document;
  ways = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, described })),
  );
});
afterAll(() => opened.end());

/** The routes of the server, with every kind of record and verb in the place of its parameter. */
function routes(): Set<string> {
  const found = new Set<string>();
  const stack: string[] = [];
  for (const line of opened.server.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, lead, part, methods] = /^(.*?)[├└]── (.*?)(?: \(([^)]*)\))?$/.exec(line) ?? [];
    if (part === undefined) continue;
    const depth = lead!.length / 4;
    stack.length = depth;
    stack.push(part);
    for (const method of methods?.split(', ') ?? [])
      if (method !== 'HEAD') found.add(`${method.toLowerCase()} ${stack.join('')}`);
  }
  return found;
}

const braced = (route: string) => route.replace(/:(\w+)/g, '{$1}');

describe('the description of the interface', () => {
  test('has every route of the server, and the server every path of the description', () => {
    const { house } = opened.story;
    const generic = [...routes()].filter((route) => route.includes('/:plural'));
    const fixed = [...routes()]
      .filter((route) => !route.includes('/:plural') && !route.includes('*') && route !== 'get /')
      .map(braced);
    const described = new Set(ways.map(({ method, path }) => `${method} ${path}`));
    const expanded = fixed.flatMap((route) =>
      route.includes('{measure}')
        ? ['intake', 'resolved', 'backlog', 'dwell', 'resolution-hours', 'promises'].map((name) =>
            route.replace('{measure}', name),
          )
        : [route],
    );
    expect(expanded.filter((route) => !described.has(route))).toEqual([]);
    for (const type of house.types.values()) {
      const verbs = [...house.verbs.values()].filter(({ on, hidden }) => on.type === type.type && !hidden);
      expect(described).toContain(`get /api/v1/${type.plural}`);
      for (const verb of verbs)
        expect(described).toContain(
          verb.creates ? `post /api/v1/${type.plural}` : `post /api/v1/${type.plural}/{number}/${verb.verb}`,
        );
    }
    const possible = new Set([
      ...expanded,
      ...generic.flatMap((route) =>
        [...house.types.values()].map((type) => braced(route.replace(':plural', type.plural))),
      ),
    ]);
    const unknown = [...described].filter((way) => {
      if (possible.has(way)) return false;
      const [, plural, verb] = /^post \/api\/v1\/([\w-]+)\/\{number\}\/(\w+)$/.exec(way) ?? [];
      return !house.verbs.has(`${house.plurals.get(plural ?? '')?.type}.${verb}`);
    });
    expect(unknown).toEqual([]);
  });

  test('names each operation once and resolves each reference', () => {
    const text = JSON.stringify(document);
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, described } of ways) {
      const names = (described.parameters ?? []).map((one) => one.$ref ?? `${one.in} ${one.name}`);
      expect(new Set(names).size, `${method} ${path}`).toBe(names.length);
    }
    for (const [, section, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g))
      expect(document.components[section as 'schemas'], `${section} ${name}`).toHaveProperty(name!);
  });
});

const fill = (path: string) => {
  const plural = /^\/api\/v1\/([\w-]+)/.exec(path)?.[1] ?? '';
  const type = opened.story.house.plurals.get(plural);
  return path
    .replace('{number}', type ? (type.numberedBy ? 'it' : `${type.prefix}-1001`) : 'x')
    .replace('{id}', '019cadc6-9a80-7000-8000-000000000000');
};

/** What an answer says against its description. */
function against({ described }: Way, answer: Answer): string[] {
  const told = described.responses[String(answer.status)];
  if (!told) return [`${answer.status} is not described: ${answer.text.slice(0, 200)}`];
  if (told.$ref) return misfits(find, find('#/components/schemas/Refusal'), answer.body);
  const schema = told.content?.['application/json']?.schema;
  return schema ? misfits(find, schema, answer.body) : [];
}

describe('answers', () => {
  test('of everything that is read are as described', async () => {
    const wrong: string[] = [];
    let good = 0;
    for (const way of ways.filter(({ method, path }) => method === 'get' && !path.endsWith('/stream'))) {
      const required = (way.described.parameters ?? []).filter((one) => one.in === 'query' && one.required);
      const query = required.map(({ name }) => `${name}=${name === 'q' ? 'till' : 'x'}`).join('&');
      const answer = await max.get(`${fill(way.path)}${query && `?${query}`}`);
      if (answer.status === 200) good += 1;
      wrong.push(...against(way, answer).map((sentence) => `${way.path}: ${sentence}`));
    }
    expect(wrong).toEqual([]);
    expect(good).toBeGreaterThan(80);
  });
});

/** One message to a way in: what goes into the address and the body. */
function messages(way: Way, wild: number): fc.Arbitrary<{ url: string; body: unknown; type: string }> {
  const texts = wild === 0 ? fc.constantFrom('Till', 'it', 'INC-1001', 'ada@x.test', 'Card payments', 'x') : oddTexts;
  const parameters = (way.described.parameters ?? [])
    .map((one) => (one.$ref ? document.components.parameters[one.$ref.split('/').pop()!]! : one))
    .filter((one) => one.in === 'query');
  const query = fc.record(
    Object.fromEntries(parameters.map((one) => [one.name!, valuesOf(find, one.schema ?? {}, wild, texts)])),
    { requiredKeys: [] },
  );
  const suffix = fc.constantFrom('', '', '', '.ne', '.gt', '.contains', '.empty', '.lte', '.nonsense');
  const address = fc.tuple(query, suffix, fc.boolean()).map(([values, end, twice]) => {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) {
      const key = wild > 0 ? `${name}${end}` : name;
      const text = String(typeof value === 'object' ? JSON.stringify(value) : value).toWellFormed();
      search.append(key, text);
      if (wild > 0 && twice) search.append(key, text);
    }
    return search.size > 0 ? `?${search}` : '';
  });
  const number = wild === 0 ? fc.constant('') : fc.option(oddTexts, { nil: '' });
  const path = number.map((odd) =>
    odd === ''
      ? fill(way.path)
      : way.path
          .replace('{number}', encodeURIComponent(odd.toWellFormed()).slice(0, 300))
          .replace('{id}', encodeURIComponent(odd.toWellFormed()).slice(0, 100)),
  );
  const schema = way.described.requestBody?.content['application/json']?.schema;
  const body = schema ? valuesOf(find, schema, wild, texts) : fc.constant(undefined);
  const type =
    wild === 0
      ? fc.constant('application/json')
      : fc.constantFrom(
          'application/json',
          'application/json',
          'application/json; charset=utf-8',
          'application/vnd.x+json',
          'text/plain',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded',
        );
  return fc
    .tuple(path, address, body, type)
    .map(([at, search, given, media]) => ({ url: `${at}${search}`, body: given, type: media }));
}

const unsafe = /\/(stream|clock|me\/sessions|sign-out|me\/password|erase|retire|run)$|\/me\/tokens\/\{id\}$/;

describe('messages made from the description', () => {
  test.each([
    ['as it says', 0, 3],
    ['broken in every way', 25, 12],
  ])(
    '%s never meet a fault of ours, and answers are as described',
    async (_name, wild, runs) => {
      const wrong: string[] = [];
      let good = 0;
      for (const way of ways.filter(({ path }) => !unsafe.test(path))) {
        for (const { url, body, type } of fc.sample(messages(way, wild), {
          numRuns: Number(process.env.FUZZ_RUNS ?? runs),
          seed: Number(process.env.FUZZ_SEED ?? 20260302),
        })) {
          const sent = body === undefined ? undefined : body;
          const answer =
            way.method === 'get'
              ? await max.get(url)
              : way.method === 'delete'
                ? await max.delete(url)
                : await max[way.method as 'post'](url, sent, sent === undefined ? {} : { 'content-type': type });
          if (answer.status < 300) good += 1;
          const told = `${way.method} ${url.slice(0, 200)} ${JSON.stringify(sent)?.slice(0, 300)}`;
          if (answer.status >= 500) wrong.unshift(`${told}: ${answer.text}`);
          else if (!url.includes('format='))
            wrong.push(...against(way, answer).map((sentence) => `${told}: ${sentence}`));
        }
      }
      expect(wrong.slice(0, 20)).toEqual([]);
      expect(good).toBeGreaterThan(100);
    },
    240_000,
  );

  test('with headers nobody should send are refused, not failed', async () => {
    const headers = fc.record(
      {
        'if-match': oddTexts,
        'idempotency-key': oddTexts,
        'last-event-id': oddTexts,
        origin: oddTexts,
        'sec-fetch-site': oddTexts,
        'content-type': oddTexts,
      },
      { requiredKeys: [] },
    );
    for (const given of fc.sample(headers, { numRuns: 150, seed: 7 })) {
      const plain = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/g, '?').slice(0, 1_000)]),
      );
      const answer = await max.post('/incidents/INC-1001/comment', { text: 'x' }, plain);
      expect(answer.status, `${JSON.stringify(plain)} ${answer.text}`).toBeLessThan(500);
    }
  });
});
