import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noticeLate } from './late';

let client: QueryClient;
let stop: () => void;
/** Every reading so far; each is answered when the test says so. */
let readings: { answer: (text: string) => void; fail: () => void }[];
let observer: QueryObserver<string>;
let end: () => void;

const settled = () => new Promise((done) => setTimeout(done, 5));

beforeEach(async () => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } });
  stop = noticeLate(client);
  readings = [];
  observer = new QueryObserver<string>(client, {
    queryKey: ['list', 'views'],
    queryFn: () => new Promise<string>((answer, fail) => readings.push({ answer, fail: () => fail(new Error('no')) })),
  });
  end = observer.subscribe(() => undefined);
  await settled();
});
afterEach(() => {
  end();
  stop();
  client.clear();
});

test('what changed during the first reading is read again, once', async () => {
  void client.invalidateQueries({ queryKey: ['list'] });
  void client.invalidateQueries({ queryKey: ['list'] });
  expect(readings).toHaveLength(1);
  readings[0]!.answer('before');
  await settled();
  expect(readings).toHaveLength(2);
  readings[1]!.answer('after');
  await settled();
  expect(observer.getCurrentResult().data).toBe('after');
  expect(readings).toHaveLength(2);
});

test('a first reading nothing happened to stands', async () => {
  readings[0]!.answer('whole');
  await settled();
  expect(readings).toHaveLength(1);
  expect(observer.getCurrentResult().data).toBe('whole');
});

test('a value set meanwhile does not hide that the reading on its way is old', async () => {
  void client.invalidateQueries({ queryKey: ['list'] });
  client.setQueryData(['list', 'views'], 'set');
  readings[0]!.answer('before');
  await settled();
  expect(readings).toHaveLength(2);
});

test('a reading after a failed one is asked again too', async () => {
  readings[0]!.fail();
  await settled();
  void observer.refetch();
  await settled();
  void client.invalidateQueries({ queryKey: ['list'] });
  readings[1]!.answer('before');
  await settled();
  expect(readings).toHaveLength(3);
});

test('what failed and was forgotten is read once when it is asked for again', async () => {
  readings[0]!.fail();
  await settled();
  end();
  client.removeQueries();
  end = observer.subscribe(() => undefined);
  await settled();
  const before = readings.length;
  readings.at(-1)!.answer('whole');
  await settled();
  expect([before, readings.length]).toEqual([2, 2]);
});
