import { describe, expect, it } from 'vitest';
import type { RecordRow } from '../api/types';
import { speakingOf } from './speaking';

const service = (number: string, customer_name: string, description: string) =>
  ({ id: number, number, title: number, customer_name, description }) as unknown as RecordRow;
const services = [
  service('SVC-1', 'Network at the delivery point', 'Wireless for readers and screens.'),
  service('SVC-2', 'Paying by card', 'Card and phone payments at the door.'),
  service('SVC-3', 'Planning shifts', 'Who works when.'),
];
const named = (text: string) => speakingOf(text, services).map(({ number }) => number);

describe('services that fit what somebody writes', () => {
  it('come with those first whose name has the words', () => {
    expect(named('my card reader')).toEqual(['SVC-2', 'SVC-1']);
  });
  it('are none where only short or other words stand', () => {
    expect(named('at the')).toEqual([]);
    expect(named('invoice')).toEqual([]);
  });
});
