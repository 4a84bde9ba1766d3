import './desk.css';
import { useTranslation } from 'react-i18next';
import { Who } from '../kit/marks';
import type { Present } from './use-presence';

/** Who else looks at this record just now, and who writes. */
export function Company({ items }: { items: Present[] }) {
  const { t } = useTranslation('desk');
  return (
    <p className="company s" aria-live="polite">
      {items.map((one) => (
        <span key={one.person.id} className="nw">
          <Who name={one.person.name} />{' '}
          {t(one.writing ? `presence.${one.writing}` : 'presence.reads', { name: one.person.name })}
        </span>
      ))}
    </p>
  );
}
