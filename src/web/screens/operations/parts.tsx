import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/queries';

/** One figure with its name and what it counts; it opens its list. */
export function Kpi({
  name,
  term,
  value,
  note,
  tone,
  href,
}: {
  name: string;
  /** Names the word's explanation. */
  term: 'open' | 'soon' | 'late' | 'promises';
  value: string;
  note: string;
  tone?: string;
  href: string;
}) {
  const { t } = useTranslation('terms');
  return (
    <Tooltip label={t(term)} multiline w={264} events={{ hover: true, focus: true, touch: false }}>
      <a className="kpi" href={href} aria-description={t(term)}>
        <span className="s q">{name}</span>
        <span className={`kv num ${tone ?? ''}`}>{value}</span>
        <span className="s q2">{note}</span>
      </a>
    </Tooltip>
  );
}

/** Narrows the page to one team or customer. */
export function Narrow({
  plural,
  name,
  value,
  onChange,
}: {
  plural: 'teams' | 'organizations';
  name: string;
  value?: string;
  onChange: (value: string | undefined) => void;
}) {
  const list = useList(plural, { fields: 'title' }, { limit: 200 });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  return (
    <select
      className="input"
      aria-label={name}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{name}</option>
      {rows.map((row) => (
        <option key={row.id} value={row.number}>
          {row.title}
        </option>
      ))}
    </select>
  );
}
