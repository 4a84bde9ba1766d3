import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isSealed, secretOf, vaultOf } from './index';

const place = mkdtempSync(join(tmpdir(), 'throughline-vault-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe('what a vault sealed', () => {
  const vault = vaultOf('one secret');
  const sealed = vault.seal('JBSWY3DP', 'totp 7');

  test('is opened for the same place and does not show the text', () => {
    expect(vault.open(sealed, 'totp 7')).toBe('JBSWY3DP');
    expect(sealed).not.toContain('JBSWY3DP');
    expect([isSealed(sealed), isSealed('{"token":"sealed1."}')]).toEqual([true, false]);
    expect(vault.seal('JBSWY3DP', 'totp 7')).not.toBe(sealed);
  });

  test('is not opened for another place, under another secret, nor when a byte was changed', () => {
    const changed = `${sealed.slice(0, -4)}${sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    expect(vault.open(sealed, 'totp 8')).toBeUndefined();
    expect(vaultOf('another secret').open(sealed, 'totp 7')).toBeUndefined();
    expect(vault.open(changed, 'totp 7')).toBeUndefined();
    expect(vault.open('sealed1.x', 'totp 7')).toBeUndefined();
  });
});

test('without a setting the secret is made once beside the data, for its owner alone', () => {
  const made = secretOf(undefined, join(place, 'data'));
  expect(made.length).toBeGreaterThanOrEqual(43);
  expect(secretOf(undefined, join(place, 'data'))).toBe(made);
  expect(statSync(join(place, 'data', 'secret')).mode & 0o777).toBe(0o600);
  expect(secretOf('set by hand', join(place, 'data'))).toBe('set by hand');
});
