import { afterEach, describe, expect, it } from 'vitest';
import { present, setClock } from './now';

afterEach(() => setClock(new Date().toISOString()));

describe('the clock of the page', () => {
  it('follows the server, wherever its clock stands', () => {
    setClock(new Date(Date.now() + 3_600_000).toISOString());
    expect(Math.round((present() - Date.now()) / 1000)).toBe(3600);
  });

  it('does not follow the delay of the network, and no nonsense', () => {
    setClock(new Date(Date.now() + 900).toISOString());
    expect(present() - Date.now()).toBeLessThan(5);
    setClock('soon');
    setClock(undefined);
    expect(present() - Date.now()).toBeLessThan(5);
  });
});
