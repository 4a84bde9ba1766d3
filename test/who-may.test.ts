import { expect, it } from 'vitest';
import { throughline } from '../src/house';
import { knownRows } from '../src/known';
import { whoMay } from './who-may';

it('docs/who-may.md says what the declarations say', async () => {
  const text = whoMay(throughline(knownRows()));
  expect(text).toContain('| log |');
  await expect(text).toMatchFileSnapshot('../docs/who-may.md');
});
