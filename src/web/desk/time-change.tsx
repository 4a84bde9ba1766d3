import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { present } from '../words/now';
import { dayOf, onDay } from '../words/time';
import { useWords } from '../words/use-words';
import type { Entry } from './time-entry';

/** What is sent of an entry: what was changed, nothing else. */
type Changed = { minutes?: number; what?: string | null; at?: string };

/** Changes booked time where it stands: how long, for what, on which day. Escape leaves it as it is. */
export function TimeChange({
  entry,
  save,
  leave,
}: {
  entry: Entry;
  save: (changed: Changed) => Promise<boolean>;
  leave: () => void;
}) {
  const { t } = useTranslation('desk');
  const { zone } = useWords();
  const [minutes, setMinutes] = useState(String(entry.minutes));
  const [what, setWhat] = useState(entry.what ?? '');
  const was = dayOf(new Date(entry.at), zone);
  const [day, setDay] = useState(was);
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => first.current?.select(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const figure = Number(minutes);
    if (!Number.isInteger(figure) || figure < 1 || day === '') return;
    // Later today than this minute is this minute: time is booked when it is spent.
    const minute = Math.floor(present() / 60_000) * 60_000;
    const at = day === was ? undefined : new Date(Math.min(onDay(entry.at, day, zone).getTime(), minute));
    const changed: Changed = {
      ...(figure === entry.minutes ? {} : { minutes: figure }),
      ...(what.trim() === (entry.what ?? '') ? {} : { what: what.trim() || null }),
      ...(at ? { at: at.toISOString() } : {}),
    };
    if (Object.keys(changed).length === 0 || (await save(changed))) leave();
  };
  return (
    <form
      className="desk-add time-change"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        leave();
      }}
    >
      <input
        ref={first}
        className="input minutes"
        inputMode="numeric"
        value={minutes}
        aria-label={t('time.minutes')}
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
      <label htmlFor={id} className="s q2">
        {t('time.day')}
      </label>
      <input
        id={id}
        className="input day"
        type="date"
        required
        max={dayOf(new Date(present()), zone)}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      <button type="submit" className="btn">
        {t('time.save')}
      </button>
      <button type="button" className="link" onClick={leave}>
        {t('time.cancel')}
      </button>
    </form>
  );
}
