import './desk.css';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../api/client';
import { keys } from '../api/keys';
import { usePart } from '../api/queries';
import type { Page, RecordRow } from '../api/types';
import { Section } from '../kit/facts';
import { Icon } from '../kit/glyphs';
import { Key } from '../kit/marks';
import { say } from '../kit/toast';
import { useActions } from '../shell/actions';
import { keyOf } from '../shell/key-map';
import { useOwnKeys } from '../shell/own-keys';
import { type Answered, useDone } from '../shell/use-done';
import { useWords } from '../words/use-words';
import { TimeChange } from './time-change';
import type { Entry } from './time-entry';
import { useActiveTime } from './use-active-time';

/** The time spent on a record: what is booked, its sum, and a proposal from how long it stood open. */
export function Time({ plural, record }: { plural: string; record: RecordRow }) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const client = useQueryClient();
  const done = useDone();
  const own = useOwnKeys();
  const [minutes, setMinutes] = useState('');
  const [what, setWhat] = useState('');
  const [changing, setChanging] = useState<string | null>(null);
  const may = record.offers?.includes('book') ?? false;
  // Elsewhere the key belongs to a verb of the record.
  const key = plural === 'incidents' ? 'b' : undefined;
  const part = usePart<Page<Entry> & { minutes: number }>(plural, record.number, 'time-entries');
  const { seconds, clear } = useActiveTime(record.number);
  const proposed = Math.round(seconds / 60);
  const items = part.data?.items ?? [];
  const path = `/${plural}/${encodeURIComponent(record.number)}/time-entries`;
  const length = useCallback((figure: number) => words.duration(figure * 60), [words]);
  const act = useCallback(
    async (text: string, work: () => Promise<Answered>) => {
      try {
        done(plural, record.number, text, await work());
        await client.invalidateQueries({ queryKey: keys.record(plural, record.number) });
        return true;
      } catch (error) {
        say(sentenceOf(error), { tone: 'broken' });
        return false;
      }
    },
    [client, done, plural, record.number],
  );
  const book = useCallback(
    async (figure: number, text?: string) => {
      const body = { minutes: figure, ...(text ? { what: text } : {}) };
      const said = t('time.booked', { time: length(figure), number: record.number });
      const kept = await act(said, () => ask(path, { method: 'POST', body, idempotencyKey: crypto.randomUUID() }));
      if (kept) clear();
      return kept;
    },
    [act, path, clear, t, length, record.number],
  );
  useActions(
    useMemo(
      () =>
        may && proposed > 0
          ? [
              {
                id: 'verb.book',
                label: t('time.book', { time: length(proposed) }),
                group: 'record' as const,
                key,
                run: () => void book(proposed),
              },
            ]
          : [],
      [may, proposed, t, book, length, key],
    ),
  );
  if (!may && items.length === 0) return null;
  const figure = Number(minutes);
  return (
    <Section title={t('time.title')} note={part.data?.minutes ? length(part.data.minutes) : null}>
      <ul className="work-steps">
        {items.map((entry) =>
          changing === entry.id ? (
            <li key={entry.id}>
              <TimeChange
                entry={entry}
                leave={() => setChanging(null)}
                save={(changed) =>
                  act(`${record.number}: ${words.past('rebooked')}`, () =>
                    ask(`${path}/${entry.id}`, { method: 'PATCH', body: changed }),
                  )
                }
              />
            </li>
          ) : (
            <li key={entry.id}>
              {record.offers?.includes('rebook') ? (
                <button
                  type="button"
                  className="link num nw"
                  aria-label={t('time.edit', { time: length(entry.minutes) })}
                  onClick={() => setChanging(entry.id)}
                >
                  {length(entry.minutes)}
                </button>
              ) : (
                <span className="num nw">{length(entry.minutes)}</span>
              )}
              <span className="cut" title={entry.what ?? undefined}>
                {entry.what}{' '}
                <span className="s q">{[entry.person?.name, words.date(entry.at)].filter(Boolean).join(', ')}</span>
              </span>
              {record.offers?.includes('unbook') ? (
                <button
                  type="button"
                  className="icon-btn end"
                  aria-label={t('time.remove', { time: length(entry.minutes) })}
                  onClick={() =>
                    void act(`${record.number}: ${words.past('unbooked')}`, () =>
                      ask(`${path}/${entry.id}`, { method: 'DELETE' }),
                    )
                  }
                >
                  <Icon name="close" />
                </button>
              ) : null}
            </li>
          ),
        )}
      </ul>
      {may && proposed > 0 ? (
        <p className="proposal">
          <span>{t('time.proposed', { time: length(proposed) })}</span>
          <button type="button" className="btn" onClick={() => void book(proposed)}>
            {t('time.take')} {key ? <Key>{(keyOf('verb.book', key, own) ?? '').toUpperCase()}</Key> : null}
          </button>
        </p>
      ) : null}
      {may ? (
        <form
          className="desk-add"
          onSubmit={(event) => {
            event.preventDefault();
            if (!Number.isInteger(figure) || figure < 1) return;
            void book(figure, what.trim()).then((kept) => {
              if (!kept) return;
              setMinutes('');
              setWhat('');
            });
          }}
        >
          <input
            className="input minutes"
            inputMode="numeric"
            value={minutes}
            aria-label={t('time.minutes')}
            placeholder={t('time.short')}
            onChange={(event) => setMinutes(event.target.value.replaceAll(/\D/g, ''))}
          />
          <input
            className="input"
            value={what}
            maxLength={500}
            aria-label={t('time.what')}
            placeholder={t('time.what')}
            onChange={(event) => setWhat(event.target.value)}
          />
          {figure > 0 ? (
            <button type="submit" className="btn">
              {t('time.do')}
            </button>
          ) : null}
        </form>
      ) : null}
    </Section>
  );
}
