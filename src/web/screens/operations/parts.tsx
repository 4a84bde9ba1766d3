import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/queries';

/** One figure with its name and what it counts; it opens its list. */
export function Kpi({
  of,
  value,
  tone,
  href,
}: {
  of: 'open' | 'soon' | 'late' | 'kept';
  value: string;
  tone?: string;
  href: string;
}) {
  const { t } = useTranslation('direction');
  const { t: terms } = useTranslation('terms');
  const term = terms(of === 'kept' ? 'promises' : of);
  return (
    <Tooltip label={term} multiline w={264} events={{ hover: true, focus: true, touch: false }}>
      <a className="kpi" href={href} aria-description={term}>
        <span className="s q">{t(`operations.${of}`)}</span>
        <span className={`kv num ${tone ?? ''}`}>{value}</span>
        <span className="s q2">{t(`operations.${of}_note`)}</span>
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
