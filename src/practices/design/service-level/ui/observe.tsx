import './observe.css';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../../../web/api/client';
import type { Page, RecordRow } from '../../../../web/api/types';
import { Dialog } from '../../../../web/kit/dialog';
import { Key } from '../../../../web/kit/marks';
import { Refusal } from '../../../../web/kit/states';
import { useNow } from '../../../../web/words/now';
import { useWords } from '../../../../web/words/use-words';
import { useDayName } from './day-name';

interface Named {
  code: string;
  name: string;
}

interface Trial {
  days: { on: string; name: string; state: 'new' | 'there' | 'open' }[];
  refused: { line: number; reason: string }[];
  running: number;
  moved: number;
}

/** The regions of a country, or all countries. */
function usePlaces(country?: string, enabled = true) {
  return useQuery({
    queryKey: ['holidays', 'places', country ?? ''],
    queryFn: () => ask<Page<Named>>(`/holidays/countries${query({ country })}`),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }).data?.items;
}

/** What scrolls by itself is reached by the keyboard. */
const reachable = (list: HTMLElement | null) => {
  if (list) list.tabIndex = 0;
};

/** Holidays of a country or of a file for a calendar: what will happen is seen before it is done. */
export function Observe({
  record,
  first,
  perform,
  onClose,
}: {
  record: RecordRow;
  first?: Record<string, unknown>;
  perform: (body: Record<string, unknown>) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const dayName = useDayName();
  const thisYear = new Date(useNow()).getUTCFullYear();
  const [by, setBy] = useState<'country' | 'file'>('country');
  const [country, setCountry] = useState(String(first?.country ?? ''));
  const [region, setRegion] = useState(String(first?.region ?? ''));
  const [from, setFrom] = useState(String(first?.year ?? thisYear));
  const [until, setUntil] = useState(String(first?.year ?? thisYear + 1));
  const [text, setText] = useState('');
  const [source, setSource] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const countries = usePlaces();
  const regions = usePlaces(country, country !== '');
  const years = [from, until].every((year) => /^\d{4}$/.test(year));
  const ready = by === 'file' ? text.trim() !== '' : country !== '' && years;
  const body =
    by === 'file'
      ? { text, ...(source ? { source } : {}) }
      : { country, ...(region ? { region } : {}), from_year: Number(from), until_year: Number(until) };
  const asked = useDeferredValue(JSON.stringify(body));
  const trial = useQuery({
    queryKey: ['holidays', 'try', record.number, record.version, asked],
    queryFn: () => ask<Trial>(`/calendars/${record.number}/try`, { method: 'POST', body: JSON.parse(asked) }),
    enabled: ready,
    retry: false,
  });
  const found = ready && !trial.isError ? trial.data : undefined;
  const fresh = found?.days.filter(({ state }) => state === 'new').length ?? 0;
  const submit = () => {
    if (!found) return;
    setProblem(null);
    perform(body).then(onClose, setProblem);
  };
  return (
    <Dialog
      title={t('observe.title')}
      lede={t('observe.lede')}
      wide
      onClose={onClose}
      onSubmit={submit}
      foot={
        <button type="submit" className="btn main" disabled={!found}>
          {t('observe.do', { count: fresh })} <Key>Ctrl ↵</Key>
        </button>
      }
    >
      <fieldset className="ob-by">
        <legend className="s q2">{t('observe.by')}</legend>
        {(['country', 'file'] as const).map((one) => (
          <label key={one} className="check">
            <input type="radio" name="by" checked={by === one} onChange={() => setBy(one)} />
            {t(`observe.${one}`)}
          </label>
        ))}
      </fieldset>
      {by === 'country' ? (
        <div className="ob-grid">
          <label className="field">
            <span>{t('observe.country')}</span>
            <select
              className="input"
              data-autofocus
              value={country}
              onChange={(event) => {
                setCountry(event.target.value);
                setRegion('');
              }}
            >
              <option value="">{t('observe.choose')}</option>
              {countries?.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t('observe.region')}</span>
            <select
              className="input"
              value={region}
              disabled={!regions?.length}
              onChange={(event) => setRegion(event.target.value)}
            >
              <option value="">{t('observe.everywhere')}</option>
              {regions?.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t('observe.from')}</span>
            <input
              className="input num"
              inputMode="numeric"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          </label>
          <label className="field">
            <span>{t('observe.until')}</span>
            <input
              className="input num"
              inputMode="numeric"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          </label>
        </div>
      ) : (
        <>
          <label className="field">
            <span>{t('observe.pick')}</span>
            <input
              type="file"
              accept=".ics,.csv,.txt,text/calendar,text/csv,text/plain"
              onChange={async (event) => {
                const file = event.target.files?.[0];
                if (!file) return;
                setSource(file.name);
                setText(await file.text());
              }}
            />
          </label>
          <label className="field">
            <span>{t('observe.text')}</span>
            <textarea className="input" rows={5} value={text} onChange={(event) => setText(event.target.value)} />
          </label>
        </>
      )}
      {ready && trial.isError ? <Refusal error={trial.error} /> : null}
      {problem ? <Refusal error={problem} /> : null}
      <div aria-live="polite">
        {found ? (
          <>
            <p className="b">
              {found.moved > 0
                ? t('observe.moved', { count: found.moved, running: words.number(found.running) })
                : t('observe.unmoved')}
            </p>
            {found.refused.length > 0 ? (
              <div className="s">
                <p>{t('observe.refused', { count: found.refused.length })}</p>
                <ul>
                  {found.refused.slice(0, 20).map((one) => (
                    <li key={`${one.line} ${one.reason}`}>{t('observe.line', { ...one })}</li>
                  ))}
                </ul>
              </div>
            ) : null}
            <ul className="ob-days" aria-label={t('observe.days')} ref={reachable}>
              {found.days.map((day) => (
                <li key={day.on} className={day.state === 'new' ? undefined : 'q'}>
                  <span className="num nw">{dayName(day.on)}</span>
                  <span className="cut">{day.name}</span>
                  <span className="s q2">{t(`observe.${day.state}`)}</span>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
