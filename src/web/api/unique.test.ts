import { afterEach, expect, test } from 'vitest';

const own = crypto.randomUUID;
afterEach(() => {
  crypto.randomUUID = own;
});

test('where the browser makes no unique ids the application makes them, each another', async () => {
  Object.assign(crypto, { randomUUID: undefined });
  await import('./unique');
  const made = new Set(Array.from({ length: 200 }, () => crypto.randomUUID()));
  expect(made.size).toBe(200);
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
