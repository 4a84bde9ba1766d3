import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { blocks, Markdown } from './markdown';

const html = (text: string) =>
  renderToStaticMarkup(
    createElement(Markdown, {
      text,
      hrefOf: (number) => (number.startsWith('INC-') ? `/incidents/${number}` : undefined),
    }),
  );

describe('Markdown', () => {
  it('knows paragraphs, lists, quotes and code', () => {
    expect(blocks('One\ntwo\n\n- a\n- b\n\n> said\n\n```\nx < 1\n```').map((block) => block.kind)).toEqual([
      'p',
      'list',
      'quote',
      'code',
    ]);
  });

  it('never lets what was written become markup', () => {
    const out = html('<img src=x onerror=alert(1)> [click](javascript:alert(1)) `<b>`');
    expect(out).not.toContain('<img');
    expect(out).not.toContain('href="javascript');
    expect(out).toContain('&lt;img');
  });

  it('links records one may see, addresses and mentions', () => {
    const out = html('See INC-7 and XYZ-9, https://example.org/a. Thanks @cho **now**');
    expect(out).toContain('href="/incidents/INC-7"');
    expect(out).not.toContain('XYZ-9</a>');
    expect(out).toContain('href="https://example.org/a"');
    expect(out).toContain('class="mention">@cho');
    expect(out).toContain('<strong>now</strong>');
    expect(html('@Sam Okafor I can')).toContain('class="mention">@Sam Okafor</span>');
  });
});
