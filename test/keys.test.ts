import { expect, test } from 'vitest';
import { throughline } from '../src/house';
import { verbsOf } from '../src/kernel/house';
import { knownRows } from '../src/known';
import { clashOf, verbKeys } from '../src/web/shell/key-map';

/** What every page of the workspace has. */
const everywhere = ['?', 'c', 'v', 'j', 'k', '/', 'z', '=', 'g u', 'g n', 'g m', 'g w', 'g o', 'g h', 'g f', 'g i'];
/** What pages of one kind have besides the verbs of their record. */
const besides: Readonly<Record<string, readonly string[]>> = {
  incident: ['b', 'y', 'l', 'x', 'f 1', 't 1'],
};

test('on no record do two things have one key, or one the beginning of another’s', () => {
  const house = throughline(knownRows());
  const clashes: string[] = [];
  for (const type of house.types.values()) {
    const verbs = verbsOf(house, type).filter((verb) => !verb.hidden);
    const actions = [
      ...verbs.filter(({ verb }) => verbKeys[verb]).map(({ verb }) => ({ id: `verb.${verb}`, key: verbKeys[verb]! })),
      ...[...everywhere, ...(besides[type.type] ?? [])].map((key) => ({ id: `page ${key}`, key })),
    ];
    for (const { id } of actions) {
      const other = clashOf(actions, {}, id);
      if (other) clashes.push(`${type.type}: ${id} and ${other.id}`);
    }
  }
  expect(clashes).toEqual([]);
});
