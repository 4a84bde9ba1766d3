import './palette.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import { keys } from '../api/keys';
import type { Page, SearchHit } from '../api/types';
import { Icon, StateGlyph } from '../kit/glyphs';
import { Key } from '../kit/marks';
import { useWords } from '../words/use-words';
import { type Action, useAllActions } from './actions';
import { keyOf, readKeys } from './key-map';
import { useHref } from './use-href';

interface Line {
  id: string;
  group: string;
  label: string;
  hint?: string;
  key?: string;
  refused?: string;
  state?: string;
  run: () => void;
}

/** All words of the question begin some word of the label. */
export function matches(label: string, question: string): boolean {
  const parts = label.toLowerCase().split(/[\s/·-]+/);
  return question
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => parts.some((part) => part.startsWith(word)) || label.toLowerCase().includes(word));
}

const groups: Action['group'][] = ['record', 'here', 'go', 'create', 'house'];

/** Everything by its name: verbs of this record first, then going, creating, searching. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell');
  const words = useWords();
  const navigate = useNavigate();
  const hrefOf = useHref();
  const actions = useAllActions();
  const [text, setText] = useState('');
  const [on, setOn] = useState(0);
  const box = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.showModal();
    return () => before?.focus?.();
  }, []);
  const asked = text.trim();
  const hits = useQuery({
    queryKey: keys.search({ q: asked, limit: 8 }),
    queryFn: ({ signal }) => ask<Page<SearchHit>>(`/search${query({ q: asked, limit: 8 })}`, { signal }),
    enabled: asked.length > 1,
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
  const lines = useMemo(() => {
    const own = readKeys();
    const found: Line[] = [];
    for (const group of groups) {
      for (const action of actions) {
        if (action.group !== group || !matches(`${action.label} ${action.hint ?? ''}`, asked)) continue;
        if (!asked && group === 'create' && action.id !== 'create.incident') continue;
        found.push({
          ...action,
          key: keyOf(action.id, action.key, own),
          group: t(`palette.${group}`, { what: document.title.split(' · ')[0] }),
        });
      }
    }
    if (asked.length > 1) {
      const records = (hits.data?.items ?? []).map((hit) => ({
        id: hit.id,
        group: t('palette.found'),
        label: hit.title,
        hint: `${hit.number} · ${words.state(hit.state)}`,
        state: hit.state,
        run: () => void navigate({ to: hrefOf(hit.number, hit.type) ?? '/' }),
      }));
      // A whole number is opened at once, whether or not the answer is here yet.
      const number = asked.toUpperCase();
      const href = /^[A-Z]{2,5}-\d+$/.test(number) ? hrefOf(number) : undefined;
      if (href) {
        const known = hits.data?.items.find((hit) => hit.number === number);
        found.unshift({
          id: 'open',
          group: t('palette.found'),
          label: known?.title ?? number,
          hint: known ? `${number} · ${words.state(known.state)}` : undefined,
          state: known?.state,
          run: () => void navigate({ to: href }),
        });
        found.push(...records.filter((record) => record.id !== known?.id));
      } else found.push(...records);
      found.push({
        id: 'search',
        group: t('palette.found'),
        label: t('palette.search', { text: asked }),
        run: () => void navigate({ to: '/search', search: { q: asked } }),
      });
    }
    return found;
  }, [actions, asked, hits.data, t, words, navigate, hrefOf]);
  useEffect(() => setOn(0), [asked]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [on]);

  const run = (line: Line | undefined) => {
    if (!line || line.refused) return;
    onClose();
    // After the dialog has given the focus back, so that what opens next may take it.
    setTimeout(line.run, 0);
  };
  return (
    <dialog
      ref={box}
      className="pal"
      aria-label={t('palette.label')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === box.current && onClose()}
    >
      <div className="pin">
        <Icon name="search" />
        <input
          value={text}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={lines[on] ? `pal-${on}` : undefined}
          aria-label={t('palette.label')}
          placeholder={t('palette.hint')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || (event.ctrlKey && event.key === 'n')) {
              event.preventDefault();
              setOn((now) => Math.min(lines.length - 1, now + 1));
            } else if (event.key === 'ArrowUp' || (event.ctrlKey && event.key === 'p')) {
              event.preventDefault();
              setOn((now) => Math.max(0, now - 1));
            } else if (event.key === 'Enter') {
              event.preventDefault();
              run(lines[on]);
            }
          }}
        />
        <kbd className="key">Esc</kbd>
      </div>
      <ul id="palette-list" role="listbox" ref={list} aria-label={t('palette.label')}>
        {lines.map((line, index) => (
          <li key={line.group + line.id} role="presentation">
            {lines[index - 1]?.group !== line.group ? <p className="s q pal-g">{line.group}</p> : null}
            <div
              id={`pal-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === on}
              aria-disabled={line.refused ? true : undefined}
              className="pal-l"
              onMouseMove={() => setOn(index)}
              onMouseDown={(event) => {
                event.preventDefault();
                run(line);
              }}
            >
              {line.state ? <StateGlyph state={line.state} /> : null}
              <span className="cut">{line.label}</span>
              <span className="q cut">{line.refused ?? line.hint}</span>
              {line.key ? (
                <span className="end nw pal-k">
                  {line.key.split(' ').map((key, at) => (
                    <Key key={`${key}${at + 1}`}>{key.length === 1 ? key.toUpperCase() : key}</Key>
                  ))}
                </span>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </dialog>
  );
}
