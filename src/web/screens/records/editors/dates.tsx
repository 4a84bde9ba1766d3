import './editors.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditorProps } from './editor';

/** Holidays, one on a line: `2026-12-24` or `*-12-25` for each year. */
export default function DatesEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('levels');
  const [text, setText] = useState(() => ((value ?? []) as string[]).join('\n'));
  return (
    <>
      <textarea
        className="input"
        rows={4}
        value={text}
        aria-label={t('calendar.holidays')}
        onChange={(event) => {
          setText(event.target.value);
          onChange(
            event.target.value
              .split(/[\s,;]+/)
              .map((line) => line.trim())
              .filter(Boolean),
          );
        }}
      />
      <p className="s q">{t('edit.dates')}</p>
    </>
  );
}
