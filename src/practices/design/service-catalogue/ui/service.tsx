import './service.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList, useTypes } from '../../../../web/api/queries';
import type { RecordRow, Ref } from '../../../../web/api/types';
import { LineChart } from '../../../../web/kit/chart';
import { Section } from '../../../../web/kit/facts';
import { StatePill } from '../../../../web/kit/marks';
import { useMeasure } from '../../../../web/screens/operations/figures';
import { filled, periodOf, pointsOf } from '../../../../web/screens/operations/period';
import { OpenIncidents } from '../../../../web/screens/records/open-incidents';
import { RecordAt } from '../../../../web/screens/records/record-at';
import { useMinute } from '../../../../web/words/now';
import { textOf, titleOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import { Availability } from './availability';
import { Promises } from './promises';

/** One service: what hurts now, what it is made of, what it carries, how its year went. */
export function Service() {
  return (
    <RecordAt
      plural="services"
      leave={['goals']}
      side={(record) => (record.goals === undefined ? null : <Purpose record={record} />)}
    >
      {(record) => <Now record={record} />}
    </RecordAt>
  );
}

function Now({ record }: { record: RecordRow }) {
  const { t } = useTranslation('direction');
  const words = useWords();
  const now = useMinute();
  const types = useTypes();
  const inUse = (kind: string) => types.data?.some(({ type }) => type === kind) ?? false;
  const parts = useList(
    'configuration-items',
    { service_ids: record.number, fields: 'title,class,state' },
    { limit: 20, enabled: inUse('configuration_item') },
  );
  const period = periodOf(undefined, undefined, now);
  const intake = useMeasure('intake', { from: period.from, to: period.to, service_id: record.number, by: 'month' });
  const resolved = useMeasure('resolved', { from: period.from, to: period.to, service_id: record.number, by: 'month' });
  const components = parts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <OpenIncidents field="service_id" word="service" number={record.number} quiet={t('service.quiet')} />
      {inUse('agreement') ? <Promises number={record.number} /> : null}
      {inUse('outage') ? <Availability number={record.number} /> : null}
      {inUse('configuration_item') ? (
        <Section title={t('service.parts')} note={components.length || null}>
          {components.length === 0 ? <p className="q">{t('service.no_parts')}</p> : null}
          <ul className="sv-parts">
            {components.map((part) => (
              <li key={part.id}>
                <Link to="/$plural/$number" params={{ plural: 'components', number: part.number }} className="u cut">
                  {titleOf(part)}
                </Link>
                <span className="q2">{words.choice('class', textOf(part, 'class'))}</span>
                <StatePill state={textOf(part, 'state')} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('service.year')} note={t('service.year_unit')}>
        {intake.data ? (
          <LineChart
            label={t('service.year')}
            height={190}
            series={[
              {
                name: t('operations.came'),
                tone: 'ink',
                points: pointsOf(filled(intake.data.items, period), words.language),
              },
              {
                name: t('operations.solved'),
                tone: 'grey',
                points: pointsOf(filled(resolved.data?.items, period), words.language),
              },
            ]}
            format={(value) => words.number(value)}
          />
        ) : null}
      </Section>
    </>
  );
}

function Purpose({ record }: { record: RecordRow }) {
  const { t } = useTranslation('direction');
  const goals = Array.isArray(record.goals) ? (record.goals as { goal_id: Ref | string; weight?: number }[]) : [];
  return (
    <Section title={t('service.goals')} note={goals.length || null}>
      {goals.length === 0 ? <p className="q">{t('service.no_goals')}</p> : null}
      {goals.map(({ goal_id, weight }) =>
        typeof goal_id === 'string' || !goal_id ? null : (
          <Link
            key={goal_id.id}
            to="/$plural/$number"
            params={{ plural: 'goals', number: goal_id.number }}
            className="mini"
          >
            <span className="cut">{goal_id.name}</span>
            <span className="q s num nw">{t('goals.weight', { weight: weight ?? 1 })}</span>
          </Link>
        ),
      )}
    </Section>
  );
}
