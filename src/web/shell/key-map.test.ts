import { describe, expect, it } from 'vitest';
import { clashOf, keyOf, nameOfPress, stroke } from './key-map';

const press = (key: string, part = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...part,
});
const actions = [
  { id: 'list.next', key: 'j', label: 'Next' },
  { id: 'go.incidents', key: 'g i', label: 'Incidents' },
  { id: 'verb.hold', key: 'h', label: 'Hold' },
];

describe('keys', () => {
  it('leave the browser its own', () => {
    expect(nameOfPress(press('l', { ctrlKey: true }))).toBeNull();
    expect(nameOfPress(press('d', { metaKey: true }))).toBeNull();
    expect(nameOfPress(press('J'))).toBe('j');
    expect(nameOfPress(press('?', { shiftKey: true }))).toBe('?');
  });

  it('wait for the second stroke, and forget a wrong one', () => {
    const first = stroke(actions, {}, { pending: null }, 'g');
    expect(first).toEqual({ action: null, pending: 'g' });
    expect(stroke(actions, {}, { pending: 'g' }, 'i').action?.id).toBe('go.incidents');
    expect(stroke(actions, {}, { pending: 'g' }, 'j').action?.id).toBe('list.next');
  });

  it('obey the person’s own map', () => {
    expect(keyOf('verb.hold', 'h', { 'verb.hold': 'w' })).toBe('w');
    expect(stroke(actions, { 'verb.hold': 'w' }, { pending: null }, 'w').action?.id).toBe('verb.hold');
    expect(stroke(actions, { 'verb.hold': '' }, { pending: null }, 'h').action).toBeNull();
  });

  it('do what the record offers before what the page does, in whatever order they were offered', () => {
    const both = [
      { id: 'verb.investigate', key: 'v', group: 'record' },
      { id: 'create.call', key: 'v', group: 'create' },
    ];
    for (const order of [both, [...both].reverse()])
      expect(stroke(order, {}, { pending: null }, 'v').action?.id).toBe('verb.investigate');
    expect(
      stroke(
        [
          { id: 'a', key: 'v' },
          { id: 'b', key: 'v' },
        ],
        {},
        { pending: null },
        'v',
      ).action?.id,
    ).toBe('b');
  });

  it('say which thing has a key already, also one that begins a longer key', () => {
    expect(clashOf(actions, { 'verb.hold': 'j' }, 'verb.hold')?.id).toBe('list.next');
    expect(clashOf(actions, { 'verb.hold': 'g' }, 'verb.hold')?.key).toMatch(/^g /);
    expect(clashOf(actions, { 'verb.hold': 'w' }, 'verb.hold')).toBeUndefined();
  });
});
