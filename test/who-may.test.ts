import { expect, it } from 'vitest';
import { knownFields } from '../src/commons/custom-field';
import { throughline } from '../src/house';
import { whoMay } from './who-may';

it('docs/who-may.md says what the declarations say', async () => {
  const text = whoMay(throughline(knownFields()));
  expect(text).toContain('| log |');
  await expect(text).toMatchFileSnapshot('../docs/who-may.md');
});
