import './field.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import type { Page, RecordRow, Ref } from '../api/types';
import { titleOf } from '../words/record';
import { Icon } from './glyphs';

/** What is known of a chosen record: enough to show it and to send it. */
export type Picked = Pick<Ref, 'number' | 'name'>;

function useDelayed(value: string, ms: number) {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return late;
}

/** Finds a record of one kind by typing: an editable combobox with its list. */
export function RefPicker({
  plural,
  value,
  onChange,
  ids,
  filter = {},
  placeholder,
}: {
  plural: string;
  value: Picked | null;
  onChange: (picked: Picked | null) => void;
  ids?: Record<string, unknown>;
  filter?: Record<string, string>;
  placeholder?: string;
}) {
  const { t } = useTranslation('kit');
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const words = useDelayed(typed?.trim() ?? '', 120);
  const found = useQuery({
    queryKey: ['list', plural, 'pick', words, filter],
    queryFn: ({ signal }) =>
      ask<Page<RecordRow>>(`/${plural}${query({ ...filter, q: words || undefined, limit: 20 })}`, { signal }),
    enabled: open,
    staleTime: 30_000,
  });
  const items = open ? (found.data?.items ?? []) : [];
  useEffect(() => setOn(0), [words]);

  const choose = (record: RecordRow) => {
    onChange({ number: record.number, name: titleOf(record) });
    setTyped(null);
    setOpen(false);
  };
  return (
    <div className="combo">
      <input
        {...ids}
        className="input"
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && items[on] ? `${listId}-${on}` : undefined}
        value={typed ?? value?.name ?? ''}
        placeholder={placeholder ?? t('pick.type')}
        onFocus={(event) => event.target.select()}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          if (!event.target.value) onChange(null);
        }}
        onBlur={() => {
          setOpen(false);
          setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            if (!open) setOpen(true);
            else setOn((now) => Math.max(0, Math.min(items.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))));
          } else if (event.key === 'Enter' && open && items[on] && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            choose(items[on]);
          } else if (event.key === 'Escape' && open) {
            event.preventDefault();
            event.stopPropagation();
            setOpen(false);
          }
        }}
      />
      {value && typed === null ? (
        <button type="button" className="icon-btn clear" aria-label={t('pick.clear')} onClick={() => onChange(null)}>
          <Icon name="close" />
        </button>
      ) : null}
      {open ? (
        <div className="combo-pop" ref={list}>
          <div id={listId} role="listbox" className="combo-list" aria-label={t('pick.list')}>
            {items.map((record, index) => (
              <div
                key={record.id}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === on}
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(record);
                }}
                onMouseMove={() => setOn(index)}
              >
                <span className="cut">{titleOf(record)}</span>
                <span className="q num s end nw">{record.number}</span>
              </div>
            ))}
            {items.length === 0 && !found.isFetching ? <p className="nothing">{t('pick.nothing')}</p> : null}
          </div>
        </div>
      ) : null}
    </div>
  );
}

/** Several records of one kind: chips and a picker behind them. */
export function RefsPicker({
  plural,
  value,
  onChange,
  ids,
}: {
  plural: string;
  value: Picked[];
  onChange: (picked: Picked[]) => void;
  ids?: Record<string, unknown>;
}) {
  const { t } = useTranslation('kit');
  return (
    <>
      {value.length ? (
        <ul className="chips">
          {value.map((one) => (
            <li className="chip" key={one.number}>
              {one.name}
              <button
                type="button"
                className="icon-btn"
                aria-label={t('pick.remove', { name: one.name })}
                onClick={() => onChange(value.filter((other) => other.number !== one.number))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <RefPicker
        plural={plural}
        value={null}
        ids={ids}
        onChange={(picked) => {
          if (picked && !value.some((one) => one.number === picked.number)) onChange([...value, picked]);
        }}
      />
    </>
  );
}
