import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import type { Page, RecordRow } from '../api/types';
import { textOf, titleOf } from '../words/record';
import { Who } from './marks';

/** The name being written after an `@` that stands right before the caret; null when there is none. Pure. */
export function mentionAt(text: string, caret: number): { from: number; part: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\d._-]*(?: [\p{L}\d._-]+)?)$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const part = found[1] ?? '';
  return { from: caret - part.length - 1, part };
}

/** Offers people while somebody writes `@`: arrows choose, Enter or Tab takes, Escape leaves it. */
export function useMentions(
  area: RefObject<HTMLTextAreaElement | null>,
  text: string,
  write: (text: string) => void,
  enabled: boolean,
) {
  const { t } = useTranslation('kit');
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [on, setOn] = useState(0);
  const [left, setLeft] = useState<number | null>(null);
  const at = enabled ? mentionAt(text, caret) : null;
  const open = at !== null && at.from !== left && at.part.length > 0;
  const found = useQuery({
    queryKey: ['list', 'people', 'mention', at?.part],
    queryFn: ({ signal }) =>
      ask<Page<RecordRow>>(`/people${query({ q: at?.part, state: 'active', 'email.empty': false, limit: 6 })}`, {
        signal,
      }),
    enabled: open,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const items = open ? (found.data?.items ?? []) : [];
  const shown = items.length > 0;
  useEffect(() => setOn(0), [at?.part]);
  const take = (person: RecordRow) => {
    if (!at) return;
    const name = `@${titleOf(person)} `;
    write(text.slice(0, at.from) + name + text.slice(caret).replace(/^ /, ''));
    const end = at.from + name.length;
    setLeft(at.from);
    requestAnimationFrame(() => {
      area.current?.setSelectionRange(end, end);
      setCaret(end);
    });
  };
  const follow = () => {
    setCaret(area.current?.selectionStart ?? 0);
  };
  /** Answers whether the key was for the list. */
  const press = (event: KeyboardEvent): boolean => {
    if (!shown) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      setOn((now) => (now + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length);
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') take(items[on]!);
    else if (event.key === 'Escape') setLeft(at?.from ?? null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const list = shown ? (
    <div className="combo-pop mentions">
      <div id={id} role="listbox" className="combo-list" aria-label={t('talk.mention')}>
        {items.map((person, index) => (
          <div
            key={person.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === on}
            onMouseDown={(event) => {
              event.preventDefault();
              take(person);
            }}
            onMouseMove={() => setOn(index)}
          >
            <Who name={titleOf(person)} />
            <span className="cut">{titleOf(person)}</span>
            <span className="q s end nw">{textOf(person, 'email')}</span>
          </div>
        ))}
      </div>
    </div>
  ) : null;
  const ids = shown ? { 'aria-controls': id, 'aria-activedescendant': `${id}-${on}` } : {};
  return { list, press, follow, ids };
}
