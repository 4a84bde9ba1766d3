import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likeness, type Report, wordsOf } from './similar.rules';

const report = (title: string, more: Partial<Report> = {}): Report => ({
  id: title,
  title,
  service_id: null,
  configuration_item_id: null,
  ...more,
});

test('two reports are alike by component before service, by service before text', () => {
  const one = report('Oven cold', { service_id: 's', configuration_item_id: 'c' });
  expect(likeness(one, report('Till dead', { service_id: 's', configuration_item_id: 'c' }))).toBe('component');
  expect(likeness(one, report('Till dead', { service_id: 's', configuration_item_id: 'd' }))).toBe('service');
  expect(likeness(one, report('Till dead'))).toBeNull();
});

test('titles are alike that share what they are about, not words everybody uses', () => {
  expect(likeness(report('Card reader refuses cards'), report('The card reader refuses all cards again'))).toBe('text');
  expect(likeness(report('Drucker druckt nicht'), report('DRUCKER druckt nicht mehr'))).toBe('text');
  expect(likeness(report('It does not work again'), report('The oven does not work again'))).toBeNull();
  expect(likeness(report('Printer'), report('Printer'))).toBeNull();
  expect(likeness(report('Printer in the office is out of paper'), report('Printer jams'))).toBeNull();
});

test('likeness does not depend on the order, and every title is like itself when it says two things', () => {
  const word = fc.constantFrom('till', 'oven', 'card', 'reader', 'cold', 'refused', 'the', 'not');
  const title = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(title, title, (a, b) => {
      expect(likeness(report(a), report(b))).toBe(likeness(report(b), report(a)));
      expect(likeness(report(a), report(a))).toBe(wordsOf(a).size >= 2 ? 'text' : null);
    }),
  );
});
