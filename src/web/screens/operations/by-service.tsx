import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../api/client';
import { keys } from '../../api/keys';
import type { Measure, Page } from '../../api/types';
import { listHref } from '../../words/list-href';
import { useWords } from '../../words/use-words';
import { useMeasure } from './figures';
import { filled, type Period } from './period';

const most = 8;
const box = { w: 200, h: 40 };

/** The services with the most incidents, each month by month on one scale; the band is what is usual for it. */
export function ByService({
  period,
  where,
  names,
}: {
  period: Period;
  where: Record<string, string | undefined>;
  names: Map<string, string>;
}) {
  const { t } = useTranslation('direction');
  const words = useWords();
  const params = { from: period.from, to: period.to, ...where };
  const all = useMeasure('intake', { ...params, by: 'service' });
  const shown = (all.data?.items ?? [])
    .filter((item) => item.key !== null)
    .sort((a, b) => b.value - a.value)
    .slice(0, most);
  const months = useQueries({
    queries: shown.map((item) => {
      const asked = { type: 'incident', ...params, service_id: item.key ?? '', by: 'month' };
      return {
        queryKey: keys.measure('intake', asked),
        queryFn: () => ask<Page<Measure>>(`/measures/intake${query(asked)}`),
        staleTime: 60_000,
        retry: false,
      };
    }),
  });
  if (shown.length === 0) return null;
  const series = months.map((one) => filled(one.data?.items, period).map((item) => item.value));
  const top = Math.max(1, ...series.flat());
  return (
    <section className="ops-by" aria-label={t('operations.by_services')}>
      <h2>
        {t('operations.by_services')} <span className="q">{t('operations.by_services_unit')}</span>
      </h2>
      <ul>
        {shown.map((item, at) => (
          <li key={item.key}>
            <a href={listHref(item.href)}>
              <span className="ops-by-h">
                <span className="cut">{names.get(item.key ?? '') ?? item.key}</span>
                <span className="b num">{words.number(item.value)}</span>
              </span>
              <Spark values={series[at] ?? []} top={top} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A small line; only its last value has a dot. */
function Spark({ values, top }: { values: number[]; top: number }) {
  const x = (at: number) => (values.length < 2 ? box.w / 2 : (at / (values.length - 1)) * (box.w - 6) + 3);
  const y = (value: number) => box.h - 3 - (value / top) * (box.h - 6);
  const mean = values.reduce((sum, one) => sum + one, 0) / (values.length || 1);
  const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length || 1));
  const high = y(Math.min(top, mean + spread));
  const low = y(Math.max(0, mean - spread));
  return (
    <svg className="spark" viewBox={`0 0 ${box.w} ${box.h}`} preserveAspectRatio="none" aria-hidden="true">
      <rect className="usual" x="0" width={box.w} y={high} height={Math.max(2, low - high)} />
      <path className="axis" d={`M0 ${box.h - 1}H${box.w}`} />
      <path
        className="cl ink"
        d={values.map((value, at) => `${at ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('')}
      />
    </svg>
  );
}
