import '../../told.css';
import { useTranslation } from 'react-i18next';
import { usePart } from '../../../api/queries';
import type { Delivery, Page } from '../../../api/types';
import { Section } from '../../../kit/facts';
import { HealthStop } from '../../../kit/glyphs';
import { When } from '../../../kit/marks';
import { Refusal, Skeleton } from '../../../kit/states';
import type { Side } from './side';

/** What was sent to a webhook, newest first, and what it answered. */
export default function Deliveries({ record }: Side) {
  const { t } = useTranslation('told');
  const sent = usePart<Page<Delivery>>('webhooks', record.number, 'deliveries');
  return (
    <Section title={t('deliveries.title')}>
      {sent.isPending ? <Skeleton rows={3} height={28} /> : null}
      {sent.isError ? <Refusal error={sent.error} /> : null}
      {sent.data?.items.length === 0 ? <p className="q">{t('deliveries.none')}</p> : null}
      <ul className="dlv">
        {sent.data?.items.map((one) => (
          <li key={one.id}>
            <HealthStop
              mark={one.state === 'delivered' ? 'good' : one.state === 'failed' ? 'broken' : 'unknown'}
              label={t(`deliveries.${one.state}`)}
            />
            <span className="num">{one.name}</span>
            <span className="s q2 cut" title={one.problem ?? undefined}>
              {one.status ? t('deliveries.answer', { status: one.status }) : one.problem}
              {one.attempts > 1 ? ` · ${t('deliveries.attempt', { count: one.attempts })}` : ''}
            </span>
            <When at={one.at} className="q s num nw" />
          </li>
        ))}
      </ul>
    </Section>
  );
}
