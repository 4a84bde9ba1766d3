import './goals.css';
import '../../../../web/kit/line-strip.css';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../../web/api/client';
import { keys } from '../../../../web/api/keys';
import { useList, useTypes } from '../../../../web/api/queries';
import type { Health, LineOfSight, RecordRow } from '../../../../web/api/types';
import { Section } from '../../../../web/kit/facts';
import { RecordAt } from '../../../../web/screens/records/record-at';
import { textOf, titleOf } from '../../../../web/words/record';
import { carry, ServiceRow } from './goals';

/** One goal: the services that carry it with what hurts on them now, and the goals it is made of. */
export function Goal() {
  return <RecordAt plural="goals">{(record) => <Carriers goal={record} />}</RecordAt>;
}

function Carriers({ goal }: { goal: RecordRow }) {
  const { t } = useTranslation('direction');
  const types = useTypes();
  const kept = types.data?.some(({ type }) => type === 'service') ?? false;
  const services = useList('services', { 'state.ne': 'retired' }, { limit: 200, enabled: kept });
  const below = useList('goals', { parent_id: goal.number, state: 'active' }, { limit: 50 });
  const carried = carry(services.data?.pages.flatMap((page) => page.items) ?? []).get(goal.id) ?? [];
  const lines = useQueries({
    queries: carried.map(({ service }) => ({
      queryKey: keys.part('services', service.number, 'line-of-sight'),
      queryFn: () => ask<LineOfSight>(`/services/${service.number}/line-of-sight`),
      staleTime: 60_000,
      retry: false,
    })),
  });
  const health = new Map<string, Health>();
  for (const line of lines)
    for (const path of line.data?.paths ?? []) for (const stop of path.stops) health.set(stop.number, stop.health);
  const parts = below.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {kept && services.data ? (
        <Section title={t('goals.service')} note={carried.length || null}>
          {carried.length === 0 ? (
            <p className="q">{parts.length ? t('goals.by_parts', { count: parts.length }) : t('goals.uncarried')}</p>
          ) : null}
          <ul className="cs-s">
            {carried.map(({ service, weight }) => (
              <ServiceRow
                key={service.id}
                service={service}
                weight={weight}
                health={health.get(service.number) ?? 'unknown'}
              />
            ))}
          </ul>
        </Section>
      ) : null}
      {parts.length ? (
        <Section title={t('goals.parts')} note={parts.length}>
          <ul className="cs-parts">
            {parts.map((part) => (
              <li key={part.id}>
                <Link to="/goals/$number" params={{ number: part.number }} className="u cut">
                  {titleOf(part)}
                </Link>
                <span className="q2 cut">
                  {[textOf(part, 'measure'), part.target ? t('goals.target', { target: textOf(part, 'target') }) : '']
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
