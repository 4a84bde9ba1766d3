import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type Caller, type Door, door } from '../../../test/door';

let opened: Door;
let sam: Caller;

beforeAll(async () => {
  opened = await door();
  sam = await opened.as('sam');
}, 60_000);
afterAll(() => opened?.end());

const logged = async () => String((await sam.post('/incidents', { title: 'Till is dark' })).body.number);
const lineOf = ({ status, headers, body }: Answer) =>
  String(status === 204 ? headers['undo-line'] : (body.undo as { line?: string } | undefined)?.line);
const isDone = ({ status }: Answer) => status >= 200 && status < 300;

test('a link taken away from its other end is not unmade there before it was given back', async () => {
  const [one, other] = [await logged(), await logged()];
  const linked = await sam.post(`/incidents/${one}/links`, { kind: 'relates', to: other });
  const unlinked = await sam.delete(`/incidents/${other}/links/${linked.body.id}`);
  const unmade = await sam.post(`/incidents/${one}/undo`, { line: lineOf(linked) });
  expect([unmade.status, unmade.body.detail]).toEqual([
    409,
    'What it was about was changed since: it cannot be taken back any more.',
  ]);
  expect((await sam.post(`/incidents/${other}/undo`, { line: lineOf(unlinked) })).status).toBe(200);
  expect((await sam.get(`/incidents/${one}/links`)).body.items).toHaveLength(1);
  expect((await sam.post(`/incidents/${one}/undo`, { line: lineOf(linked) })).status).toBe(200);
  for (const end of [one, other]) expect((await sam.get(`/incidents/${end}/links`)).body.items).toEqual([]);
});

test('a link is there or not as the last act that was not refused says, whichever end it was done from', async () => {
  const act = fc.oneof(
    fc.record({ what: fc.constant('link' as const) }),
    fc.record({ what: fc.constant('unlink' as const), end: fc.nat(1) }),
    fc.record({ what: fc.constant('undo' as const), of: fc.nat(2) }),
  );
  const first = { what: 'link' as const };
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), async (acts) => {
      const ends = [await logged(), await logged()] as const;
      const done: { end: string; line: string; leaves: boolean }[] = [];
      let there = false;
      let link = '';
      for (const one of [first, ...acts]) {
        if (one.what === 'undo') {
          const known = done.at(-1 - one.of);
          if (!known || !isDone(await sam.post(`/incidents/${known.end}/undo`, { line: known.line }))) continue;
          there = !known.leaves;
          undone++;
        } else {
          const end = one.what === 'link' ? ends[0] : ends[one.end]!;
          const answer =
            one.what === 'link'
              ? await sam.post(`/incidents/${end}/links`, { kind: 'relates', to: ends[1] })
              : await sam.delete(`/incidents/${end}/links/${link || '0'}`);
          if (!isDone(answer)) continue;
          there = one.what === 'link';
          if (there) link = answer.body.id;
          done.push({ end, line: lineOf(answer), leaves: there });
        }
        for (const end of ends)
          expect((await sam.get(`/incidents/${end}/links`)).body.items).toHaveLength(there ? 1 : 0);
        link = (await sam.get(`/incidents/${ends[0]}/links`)).body.items[0]?.id ?? link;
      }
    }),
    { numRuns: 40 },
  );
  expect(undone).toBeGreaterThan(4);
}, 120_000);
