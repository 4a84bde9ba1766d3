import './editors.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditorProps } from './editor';
import { readWindows, type Windows, writeWindows } from './windows';

/** Days with hours of their own, one on a line: `2026-12-24 09:00–12:00`. */
export default function SpecialDaysEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('levels');
  const [text, setText] = useState(() =>
    Object.entries((value ?? {}) as Record<string, Windows>)
      .map(([date, windows]) => `${date} ${writeWindows(windows)}`)
      .join('\n'),
  );
  return (
    <>
      <textarea
        className="input"
        rows={3}
        value={text}
        aria-label={t('calendar.special')}
        onChange={(event) => {
          setText(event.target.value);
          const days: Record<string, Windows> = {};
          for (const line of event.target.value.split('\n')) {
            const match = /^\s*(\d{4}-\d{2}-\d{2})\s*(.*)$/.exec(line);
            const windows = match ? readWindows(match[2]!) : null;
            if (match && windows) days[match[1]!] = windows;
          }
          onChange(days);
        }}
      />
      <p className="s q">{t('edit.special')}</p>
    </>
  );
}
