import './calendar.css';
import { useTranslation } from 'react-i18next';
import type { RecordRow } from '../../../../web/api/types';
import { Section } from '../../../../web/kit/facts';
import { RecordAt } from '../../../../web/screens/records/record-at';
import type { VerbDialogs } from '../../../../web/shell/use-verbs';
import { useWords } from '../../../../web/words/use-words';
import { partsOf, type Windows } from './calendar-parts';
import { useDayName } from './day-name';
import { Observe } from './observe';

interface Observed {
  country: string | null;
  region: string | null;
  source: string | null;
  until_year: number | null;
}

/** What is proposed stands in the dialog when it opens: the country that is observed, and the year it lacks. */
const dialogs: VerbDialogs = {
  observe: ({ record, perform, onClose }) => {
    const known = ((record.observes ?? []) as Observed[]).filter((one) => one.country).at(-1);
    const first = known && {
      country: known.country,
      region: known.region ?? '',
      ...(typeof record.proposed_year === 'number' ? { year: record.proposed_year } : {}),
    };
    return <Observe record={record} first={first} perform={perform} onClose={onClose} />;
  },
};

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** One calendar: the week as lines, its holidays and special days as dates. */
export function Calendar() {
  return (
    <RecordAt
      plural="calendars"
      leave={['hours', 'holidays', 'date_hours', 'breaks', 'observes', 'holiday_names', 'proposed_year']}
      dialogs={dialogs}
    >
      {(record) => <Week record={record} />}
    </RecordAt>
  );
}

function Week({ record }: { record: RecordRow }) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const hours = (record.hours ?? {}) as Partial<Record<(typeof days)[number], Windows>>;
  const holidays = (record.holidays ?? []) as string[];
  const special = Object.entries((record.date_hours ?? {}) as Record<string, Windows>);
  const dayName = (at: number) =>
    new Intl.DateTimeFormat(words.language, { weekday: 'long', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2024, 0, 1 + at)),
    );
  const names = (record.holiday_names ?? {}) as Record<string, string>;
  const dateName = useDayName();
  const sources = (record.observes ?? []) as Observed[];
  const said = (windows: Windows | undefined) =>
    windows?.length ? windows.map(([from, to]) => `${from}–${to}`).join(', ') : t('calendar.closed');
  return (
    <>
      <Section title={t('calendar.week')} note={String(record.timezone ?? '')}>
        <ul className="wk">
          {days.map((day, at) => (
            <li key={day}>
              <span className="q2">{dayName(at)}</span>
              <span className="wk-line" aria-hidden="true">
                {partsOf(hours[day], hours[days[(at + 6) % 7]!]).map((part) => (
                  <i key={part.from} style={{ insetInlineStart: `${part.from}%`, width: `${part.to - part.from}%` }} />
                ))}
              </span>
              <span className="num nw">{said(hours[day])}</span>
            </li>
          ))}
          <li className="wk-scale q s num" aria-hidden="true">
            <span />
            <span>
              {[0, 6, 12, 18, 24].map((hour) => (
                <b key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>
                  {hour}
                </b>
              ))}
            </span>
            <span />
          </li>
        </ul>
      </Section>
      <Section title={t('calendar.holidays')} note={holidays.length || null}>
        {holidays.length ? (
          <ul className="wk-days">
            {holidays.map((on) => (
              <li key={on}>
                <span className="num">{dateName(on)}</span>
                {names[on] ? <span className="q2"> {names[on]}</span> : null}
              </li>
            ))}
          </ul>
        ) : (
          <p className="q">{t('calendar.no_holidays')}</p>
        )}
        {sources.length ? (
          <p className="s q2">
            {t('calendar.from', {
              source: sources
                .map((one) => {
                  const source =
                    [one.country, one.region].filter(Boolean).join(', ') || one.source || t('calendar.file');
                  return one.until_year ? t('calendar.until', { source, year: one.until_year }) : source;
                })
                .join(' · '),
            })}
          </p>
        ) : null}
        {typeof record.proposed_year === 'number' ? (
          <p>{t('calendar.missing', { year: record.proposed_year })}</p>
        ) : null}
      </Section>
      {special.length ? (
        <Section title={t('calendar.special')} note={special.length}>
          <ul>
            {special.map(([date, windows]) => (
              <li key={date} className="num">
                {words.date(date)}: {said(windows)}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
