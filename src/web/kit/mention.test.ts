import { describe, expect, it } from 'vitest';
import { mentionAt } from './mention';

describe('a mention being written', () => {
  const at = (text: string) => mentionAt(text, text.length);
  it('is the name after an @ right before the caret, first and last', () => {
    expect(at('Ask @Sa')).toEqual({ from: 4, part: 'Sa' });
    expect(at('Ask @Sam Ok')).toEqual({ from: 4, part: 'Sam Ok' });
    expect(at('@Zoë')).toEqual({ from: 0, part: 'Zoë' });
  });
  it('is no e-mail address and nothing long past', () => {
    expect(at('sam@pizza')).toBeNull();
    expect(at('@Sam Okafor can you')).toBeNull();
  });
});
