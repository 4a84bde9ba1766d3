import './markdown.css';
import { Fragment, type ReactNode, useMemo } from 'react';

/**
 * Markdown as people write it in a conversation: paragraphs, lists, quotes, code, emphasis, links, mentions, record
 * numbers. It builds elements and never markup, so nothing that was written can become script.
 */
export function Markdown({ text, hrefOf }: { text: string; hrefOf?: (number: string) => string | undefined }) {
  return useMemo(
    () => <div className="md">{blocks(text).map((block, index) => draw(block, index, hrefOf))}</div>,
    [text, hrefOf],
  );
}

export type Block =
  | { kind: 'p' | 'quote' | 'head'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] };

/** Splits text into blocks. */
export function blocks(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const made: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    if (!line.trim()) {
      at += 1;
    } else if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'));
      const last = end < 0 ? lines.length : end;
      made.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') });
      at = last + 1;
    } else if (/^\s*([-*]|\d+[.)])\s+/.test(line)) {
      const ordered = /^\s*\d/.test(line);
      const items: string[] = [];
      while (at < lines.length && /^\s*([-*]|\d+[.)])\s+/.test(lines[at]!)) {
        items.push(lines[at]!.replace(/^\s*([-*]|\d+[.)])\s+/, ''));
        at += 1;
      }
      made.push({ kind: 'list', ordered, items });
    } else if (/^#{1,4}\s/.test(line)) {
      made.push({ kind: 'head', text: line.replace(/^#+\s+/, '') });
      at += 1;
    } else {
      const quote = line.startsWith('>');
      const part: string[] = [];
      while (
        at < lines.length &&
        lines[at]!.trim() &&
        lines[at]!.startsWith('>') === quote &&
        (part.length === 0 || !/^(```|#{1,4}\s|\s*([-*]|\d+[.)])\s+)/.test(lines[at]!))
      ) {
        part.push(quote ? lines[at]!.replace(/^>\s?/, '') : lines[at]!);
        at += 1;
      }
      made.push({ kind: quote ? 'quote' : 'p', text: part.join('\n') });
    }
  }
  return made;
}

type HrefOf = ((number: string) => string | undefined) | undefined;

function draw(block: Block, key: number, hrefOf: HrefOf): ReactNode {
  if (block.kind === 'code') {
    return (
      <pre key={key}>
        <code>{block.text}</code>
      </pre>
    );
  }
  if (block.kind === 'list') {
    const Tag = block.ordered ? 'ol' : 'ul';
    return (
      <Tag key={key}>
        {block.items.map((item) => (
          <li key={item}>{inline(item, hrefOf)}</li>
        ))}
      </Tag>
    );
  }
  if (block.kind === 'quote') return <blockquote key={key}>{inline(block.text, hrefOf)}</blockquote>;
  if (block.kind === 'head') {
    return (
      <p key={key} className="b">
        {inline(block.text, hrefOf)}
      </p>
    );
  }
  return <p key={key}>{inline(block.text, hrefOf)}</p>;
}

const pieces =
  /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])[*_]([^*_\n]+)[*_](?!\w)|\[([^\]]+)\]\((https?:\/\/[^\s)]+|\/[^\s)]*|mailto:[^\s)]+)\)|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|\b([A-Z]{2,5}-\d+)\b|(?<!\w)@([\p{L}][\p{L}\d._-]*(?:@[\w.-]+\w|(?: \p{Lu}[\p{L}’'-]+)?))|\n/gu;

function inline(text: string, hrefOf: HrefOf): ReactNode {
  const made: ReactNode[] = [];
  let last = 0;
  for (const found of text.matchAll(pieces)) {
    const at = found.index;
    if (at > last) made.push(text.slice(last, at));
    last = at + found[0].length;
    const [whole, code, strong, soft, label, target, url, number, mention] = found;
    if (code) made.push(<code key={at}>{code}</code>);
    else if (strong) made.push(<strong key={at}>{inline(strong, hrefOf)}</strong>);
    else if (soft) made.push(<em key={at}>{soft}</em>);
    else if (label && target) made.push(outside(at, target, label));
    else if (url) made.push(outside(at, url, url));
    else if (number && hrefOf?.(number)) {
      made.push(
        <a key={at} className="link" href={hrefOf(number)}>
          {number}
        </a>,
      );
    } else if (mention) {
      made.push(
        <span key={at} className="mention">
          {whole}
        </span>,
      );
    } else if (whole === '\n') made.push(<br key={at} />);
    else made.push(whole);
  }
  if (last < text.length) made.push(text.slice(last));
  return <Fragment>{made}</Fragment>;
}

function outside(key: number, href: string, label: string): ReactNode {
  const own = href.startsWith('/');
  return (
    <a key={key} className="link" href={href} {...(own ? {} : { target: '_blank', rel: 'noreferrer noopener' })}>
      {label}
    </a>
  );
}
