import './change.css';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../../web/api/queries';
import type { RecordRow, Ref } from '../../../../web/api/types';
import { StateGlyph } from '../../../../web/kit/glyphs';
import { Refusal, Skeleton } from '../../../../web/kit/states';
import { useActions } from '../../../../web/shell/actions';
import { useTitle } from '../../../../web/shell/use-title';
import { useMinute } from '../../../../web/words/now';
import { textOf, titleOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import { dateOf, daysFrom, inConflict, mondayOf, onDay, type Planned, wallOf } from './schedule.rules';

const day = 86_400_000;
const shownDays = 14;

interface Row extends Planned {
  readonly record: RecordRow;
}

/** Two weeks of windows: what is altered when, and what meets on a component. */
export function ChangeCalendar() {
  const { t } = useTranslation('causes');
  const words = useWords();
  const now = useMinute();
  const [weeks, setWeeks] = useState(0);
  const today = wallOf(now, words.zone).slice(0, 10);
  const from = mondayOf(Date.parse(`${today}T00:00:00Z`) + weeks * 7 * day);
  const days = daysFrom(from, shownDays);
  // A day more at each end: the reader's days begin before or after those of UTC.
  const start = Date.parse(`${from}T00:00:00Z`);
  const [after, until] = [dateOf(start - day), dateOf(start + (shownDays + 1) * day)];
  const list = useList(
    'changes',
    {
      'planned_start.lt': until,
      'planned_end.gt': after,
      'state.ne': 'rejected,cancelled,imported',
      sort: 'planned_start',
      fields: 'title,state,planned_start,planned_end,configuration_item_ids,risk_level',
    },
    { limit: 500 },
  );
  const rows = useMemo(
    () =>
      (list.data?.pages.flatMap((page) => page.items) ?? []).map(
        (record): Row => ({
          record,
          number: record.number,
          planned_start: wallOf(textOf(record, 'planned_start'), words.zone),
          planned_end: wallOf(textOf(record, 'planned_end'), words.zone),
          components: ((record.configuration_item_ids as Ref[] | null) ?? []).map(({ name }) => name),
        }),
      ),
    [list.data, words.zone],
  );
  const conflicts = useMemo(() => inConflict(rows.filter(({ record }) => record.state !== 'closed')), [rows]);
  useTitle(t('calendar'));
  useActions(
    useMemo(
      () => [
        {
          id: 'calendar.before',
          label: t('earlier'),
          group: 'here' as const,
          key: 'k',
          run: () => setWeeks((at) => at - 1),
        },
        {
          id: 'calendar.next',
          label: t('later'),
          group: 'here' as const,
          key: 'j',
          run: () => setWeeks((at) => at + 1),
        },
      ],
      [t],
    ),
  );
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('calendar')}</h1>
          <p className="lede">{t('calendar_lede')}</p>
        </div>
        <div className="tools">
          <button type="button" className="verb" onClick={() => setWeeks(weeks - 1)}>
            {t('earlier')}
          </button>
          <button type="button" className="verb" onClick={() => setWeeks(0)} disabled={weeks === 0}>
            {t('this_week')}
          </button>
          <button type="button" className="verb" onClick={() => setWeeks(weeks + 1)}>
            {t('later')}
          </button>
          <Link to="/changes" className="link">
            {t('as_list')}
          </Link>
        </div>
      </header>
      {list.isError ? (
        <div className="pane">
          <Refusal error={list.error} />
        </div>
      ) : list.isPending ? (
        <Skeleton rows={8} />
      ) : (
        <ol className="change-days" aria-label={t('calendar')}>
          {days.map((date) => {
            const mine = onDay(rows, date);
            return (
              <li
                key={date}
                className={mine.length ? 'change-day' : 'change-day none'}
                aria-current={date === today ? 'date' : undefined}
              >
                <h2 className={date === today ? 'b' : 'q2'}>
                  {new Intl.DateTimeFormat(words.language === 'en' ? 'en-GB' : words.language, {
                    weekday: 'short',
                    day: 'numeric',
                    month: 'short',
                    timeZone: 'UTC',
                  }).format(Date.parse(`${date}T12:00:00Z`))}
                </h2>
                {mine.map((row) => (
                  <a key={row.number} className="change-slot" href={`/changes/${row.number}`}>
                    <span className="s q num change-hours">
                      {hours(row, date, t)}{' '}
                      <StateGlyph state={row.record.state ?? ''} label={words.state(row.record.state ?? '')} />
                    </span>
                    <span className="change-title">{titleOf(row.record)}</span>
                    <span className="s q cut">{row.components.join(', ')}</span>
                    {conflicts.has(row.number) ? <span className="s risk b">{t('conflict')}</span> : null}
                  </a>
                ))}
              </li>
            );
          })}
        </ol>
      )}
      {!list.isPending && rows.length === 0 ? <p className="q change-none">{t('calendar_empty')}</p> : null}
    </div>
  );
}

/** The hours of a window on one day: its own ends, or from when and until when where it goes on. */
function hours(row: Planned, date: string, t: TFunction<'causes'>): string {
  const [begins, ends] = [row.planned_start.startsWith(date), row.planned_end.startsWith(date)];
  const [from, to] = [row.planned_start.slice(11, 16), row.planned_end.slice(11, 16)];
  if (begins && ends) return `${from}–${to}`;
  return begins ? t('from_time', { from }) : ends ? t('until_time', { to }) : t('all_day');
}
