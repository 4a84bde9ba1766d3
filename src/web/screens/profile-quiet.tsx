import '../kit/seg-pick.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choose, QuietWindow } from '../api/notices';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const evenings: QuietWindow[] = [
  { days: [...days], from: '18:00', until: '08:00' },
  { days: ['sat', 'sun'], from: '00:00', until: '00:00' },
];

/** The hours in which one is left in peace: windows of weekdays, over midnight where they end before they begin. */
export function QuietHours({ known, choose }: { known: QuietWindow[]; choose: Choose }) {
  const { t } = useTranslation('notices');
  const [windows, setWindows] = useState(known);
  const change = (at: number, next: Partial<QuietWindow>) =>
    setWindows(windows.map((one, index) => (index === at ? { ...one, ...next } : one)));
  return (
    <form
      className="nq"
      onSubmit={(event) => {
        event.preventDefault();
        void choose({ quiet: windows });
      }}
    >
      {windows.length === 0 ? <p className="q">{t('none')}</p> : null}
      {windows.map((window, at) => (
        // Windows have no name of their own: their place is what they are.
        <fieldset key={`${at + 1}`} aria-label={t('window', { at: at + 1 })}>
          <span className="seg-pick nq-days">
            {days.map((day) => (
              <button
                key={day}
                type="button"
                aria-pressed={window.days.includes(day)}
                onClick={() =>
                  change(at, {
                    days: days.filter((one) => (one === day ? !window.days.includes(day) : window.days.includes(one))),
                  })
                }
              >
                {t(`days.${day}`)}
              </button>
            ))}
          </span>
          {(['from', 'until'] as const).map((end) => (
            <label key={end}>
              <span className="s q2">{t(end)}</span>
              <input
                className="input"
                type="time"
                required
                value={window[end]}
                onChange={(event) => change(at, { [end]: event.target.value })}
              />
            </label>
          ))}
          <button type="button" className="link" onClick={() => setWindows(windows.filter((_, one) => one !== at))}>
            {t('drop')}
          </button>
        </fieldset>
      ))}
      <p className="nq-act">
        <button
          type="button"
          className="btn"
          onClick={() => setWindows([...windows, { days: [...days], from: '20:00', until: '07:00' }])}
        >
          {t('add')}
        </button>
        {windows.length === 0 ? (
          <button type="button" className="btn" onClick={() => setWindows(evenings)}>
            {t('preset')}
          </button>
        ) : null}
        <button type="submit" className="btn main" disabled={JSON.stringify(windows) === JSON.stringify(known)}>
          {t('save')}
        </button>
      </p>
    </form>
  );
}
