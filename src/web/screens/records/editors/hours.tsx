import './editors.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../words/use-words';
import type { EditorProps } from './editor';
import { readWindows, type Windows, writeWindows } from './windows';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Hours = Partial<Record<(typeof days)[number], Windows>>;

/** The weekly hours, a line for each day: `09:00–12:00, 13:00–17:00`. */
export default function HoursEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const hours = (value ?? {}) as Hours;
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(days.map((day) => [day, writeWindows(hours[day])])),
  );
  const name = (at: number) =>
    new Intl.DateTimeFormat(words.language, { weekday: 'long', timeZone: 'UTC' }).format(
      new Date(Date.UTC(2024, 0, 1 + at)),
    );
  const set = (day: (typeof days)[number], text: string) => {
    setTexts((all) => ({ ...all, [day]: text }));
    const windows = readWindows(text);
    if (!windows) return;
    const next: Hours = { ...hours };
    if (windows.length) next[day] = windows;
    else delete next[day];
    onChange(next);
  };
  return (
    <div className="ed-rows">
      {days.map((day, at) => (
        <label key={day} className="ed-row">
          <span>{name(at)}</span>
          <input
            className="input"
            value={texts[day] ?? ''}
            placeholder={t('calendar.closed')}
            aria-invalid={readWindows(texts[day] ?? '') ? undefined : true}
            onChange={(event) => set(day, event.target.value)}
          />
        </label>
      ))}
      <p className="s q">{t('edit.hours')}</p>
    </div>
  );
}
