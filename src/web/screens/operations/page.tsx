import './operations.css';
import '../../kit/seg-pick.css';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { query } from '../../api/client';
import { useCount, useHasField, useList } from '../../api/queries';
import { BarList, LineChart } from '../../kit/chart';
import { Refusal, Skeleton } from '../../kit/states';
import { Term } from '../../kit/term';
import { WorkList } from '../../kit/work-list';
import { useActions } from '../../shell/actions';
import { useTitle } from '../../shell/use-title';
import { useView } from '../../shell/use-view';
import { listHref } from '../../words/list-href';
import { lookOf } from '../../words/look';
import { useMinute } from '../../words/now';
import { refOf } from '../../words/record';
import { useWords } from '../../words/use-words';
import { ByService } from './by-service';
import { useAges, useMeasure, useNames } from './figures';
import { Kpi, Narrow } from './parts';
import { choices, filled, mostFirst, periodOf, pointsOf, sumOf } from './period';

const cuts = ['priority', 'team', 'service'] as const;

/** What came in and went out, how old the open work is, which promises hold; every number opens its list. */
export function Operations() {
  const { t } = useTranslation('direction');
  const words = useWords();
  const [view, change] = useView();
  const now = useMinute();
  const [table, setTable] = useState(false);
  useTitle(t('operations.title'));
  const period = periodOf(view.from, view.to, now);
  const where = {
    team_id: view.team,
    service_id: view.service,
    priority: view.priority,
    organization_id: view.organization,
  };
  const params = { from: period.from, to: period.to, ...where };
  const promising = useHasField('incidents', 'due_at');
  const serving = useHasField('incidents', 'service_id');
  const offered = cuts.filter((one) => one !== 'service' || serving);
  const by = offered.find((one) => one === view.by) ?? 'priority';
  const intake = useMeasure('intake', { ...params, by: 'month' });
  const resolved = useMeasure('resolved', { ...params, by: 'month' });
  const backlog = useMeasure('backlog', { ...params, by: 'month' });
  const promises = useMeasure('promises', { ...params, by }, promising);
  const kept = useMeasure('promises', { ...params, by: 'month' }, promising);
  const dwell = useMeasure('dwell', { ...params, by: 'state' });
  const hours = useMeasure('resolution-hours', { ...params, by });
  const byCut = useMeasure('intake', { ...params, by });
  const serviceNames = useNames('services', serving);
  const teamNames = useNames('teams', by === 'team');
  const names = by === 'service' ? serviceNames : teamNames;

  const openNow = { state_category: 'open,paused', ...where };
  const minute = new Date(now).toISOString();
  const soonParams = {
    state_category: 'open',
    'due_at.gte': minute,
    'due_at.lt': new Date(now + 7_200_000).toISOString(),
    ...where,
  };
  const lateParams = { state_category: 'open,paused', 'due_at.lt': minute, ...where };
  const open = useCount('incidents', openNow);
  const soon = useCount('incidents', soonParams, promising);
  const late = useCount('incidents', lateParams, promising);
  const risk = useList(
    'incidents',
    { ...soonParams, sort: 'due_at', fields: 'number,title,state,priority,due_at,service_id,requester_id' },
    { limit: 8, enabled: promising },
  );
  const ages = useAges(now, where, promising);
  const href = (values: Record<string, string | undefined>) => listHref(`/api/v1/incidents${query(values)}`);

  useActions(
    useMemo(
      () => [
        {
          id: 'operations.table',
          label: t('operations.table'),
          group: 'here' as const,
          key: 't',
          run: () => setTable((was) => !was),
        },
      ],
      [t],
    ),
  );

  const count = (value: { data?: { total?: number; total_exact?: boolean } }) =>
    value.data?.total === undefined
      ? '–'
      : `${words.number(value.data.total)}${value.data.total_exact === false ? '+' : ''}`;
  const share = sumOf(kept.data?.items ?? []);
  const came = intake.data?.items.reduce((sum, item) => sum + item.value, 0) ?? 0;
  const went = resolved.data?.items.reduce((sum, item) => sum + item.value, 0) ?? 0;
  const keyName = (key: string | null) =>
    key === null
      ? t('operations.none')
      : by === 'priority'
        ? t('operations.priority', { priority: key })
        : (names.get(key) ?? key);
  const percent = (value: number) => `${words.number(value * 100)} %`;
  const flow = [
    {
      name: t('operations.came'),
      tone: 'ink' as const,
      points: pointsOf(filled(intake.data?.items, period, resolved.data?.items), words.language),
    },
    {
      name: t('operations.solved'),
      tone: 'grey' as const,
      points: pointsOf(filled(resolved.data?.items, period, intake.data?.items), words.language),
    },
  ];
  const riskRows = risk.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page ops">
      <header className="head">
        <div>
          <h1>{t('operations.title')}</h1>
          <p className="lede">
            {intake.data
              ? t(promising ? 'operations.lede' : 'operations.lede_plain', {
                  came: words.number(came),
                  went: words.number(went),
                  late: count(late),
                  period: period.name(words.language),
                })
              : ' '}
          </p>
        </div>
        <div className="tools ops-tools">
          <select
            className="input"
            aria-label={t('operations.period')}
            value={period.choice}
            onChange={(event) => change(choices[event.target.value as keyof typeof choices](now))}
          >
            <option value="year">{t('operations.p_year')}</option>
            <option value="months">{t('operations.p_months')}</option>
            <option value="all">{t('operations.p_all')}</option>
            <option value="own">{t('operations.p_own')}</option>
          </select>
          {period.choice === 'own'
            ? (['from', 'to'] as const).map((end) => (
                <input
                  key={end}
                  className="input"
                  type="date"
                  aria-label={t(`operations.${end}`)}
                  value={period[end]}
                  onChange={(event) => change({ [end]: event.target.value })}
                />
              ))
            : null}
          <Narrow
            plural="teams"
            name={t('operations.all_teams')}
            value={view.team}
            onChange={(team) => change({ team })}
          />
          <Narrow
            plural="organizations"
            name={t('operations.own_house')}
            value={view.organization}
            onChange={(organization) => change({ organization })}
          />
        </div>
      </header>
      <section className="kpis" aria-label={t('operations.now')}>
        <Kpi of="open" value={count(open)} href={href(openNow)} />
        {promising ? (
          <>
            <Kpi of="soon" value={count(soon)} tone={soon.data?.total ? 'risk' : undefined} href={href(soonParams)} />
            <Kpi of="late" value={count(late)} tone={late.data?.total ? 'broken' : undefined} href={href(lateParams)} />
            <Kpi
              of="kept"
              value={share === null ? '–' : percent(share)}
              href={href({ 'resolved_at.gte': period.from, 'resolved_at.lt': period.to, ...where })}
            />
          </>
        ) : null}
      </section>
      <div className="g2">
        <section>
          <h2>
            {t('operations.flow')} <span className="q">{t('operations.flow_unit')}</span>
          </h2>
          {intake.isError ? (
            <Refusal error={intake.error} />
          ) : intake.isPending ? (
            <Skeleton rows={5} />
          ) : table ? (
            <table className="ops-table num">
              <thead>
                <tr>
                  <th>{t('operations.month')}</th>
                  <th>{t('operations.came')}</th>
                  <th>{t('operations.solved')}</th>
                  <th>{t('operations.backlog')}</th>
                </tr>
              </thead>
              <tbody>
                {flow[0]!.points.map((point, at) => (
                  <tr key={point.key}>
                    <td>{point.label}</td>
                    <td>
                      <a className="u" href={point.href}>
                        {words.number(point.value)}
                      </a>
                    </td>
                    <td>
                      <a className="u" href={flow[1]!.points[at]?.href}>
                        {words.number(flow[1]!.points[at]?.value ?? 0)}
                      </a>
                    </td>
                    <td>{words.number(backlog.data?.items[at]?.value ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <LineChart label={t('operations.flow')} series={flow} format={(value) => words.number(value)} />
          )}
        </section>
        <section>
          <h2>
            {t('operations.age')} <span className="q num">{count(open)}</span>
          </h2>
          <BarList
            label={t('operations.age')}
            bars={ages.map((age) => ({
              key: age.key,
              label: t(`operations.age_${age.key}`),
              value: age.total,
              figure: age.ready ? words.number(age.total) : '–',
              ...(promising ? { late: age.late, lateLabel: t('operations.late_part', { count: age.late }) } : {}),
              href: href(age.params),
            }))}
          />
        </section>
      </div>
      <div className="g2">
        {promising ? (
          <section>
            <h2>
              {t('operations.at_risk')} <span className="q">{t('operations.at_risk_unit')}</span>
            </h2>
            {riskRows.length ? (
              <WorkList
                rows={riskRows.map((row) => ({
                  ...lookOf(row, `/incidents/${row.number}`, now, words),
                  place: refOf(row, 'service_id')?.name,
                  who: refOf(row, 'requester_id')?.name,
                }))}
              />
            ) : (
              <p className="q">{t('operations.at_risk_none')}</p>
            )}
          </section>
        ) : null}
        <section>
          <h2>
            <Term name="backlog">{t('operations.backlog')}</Term>{' '}
            <span className="q">{t('operations.backlog_unit')}</span>
          </h2>
          {backlog.data ? (
            <LineChart
              label={t('operations.backlog')}
              height={180}
              series={[
                {
                  name: t('operations.backlog_name'),
                  tone: 'ink',
                  points: pointsOf(filled(backlog.data.items, period), words.language),
                },
              ]}
              format={(value) => words.number(value)}
            />
          ) : (
            <Skeleton rows={4} />
          )}
        </section>
      </div>
      {serving ? <ByService period={period} where={where} names={serviceNames} /> : null}
      <div className="ops-cut">
        <h2>{t('operations.cut')}</h2>
        <fieldset className="seg-pick" aria-label={t('operations.cut')}>
          {offered.map((one) => (
            <button key={one} type="button" aria-pressed={by === one} onClick={() => change({ by: one })}>
              {t(`operations.by_${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="g3">
        <section>
          <h2>{t('operations.came_in')}</h2>
          <BarList
            label={t('operations.came_in')}
            bars={mostFirst(byCut.data?.items, by).map((item) => ({
              key: item.key ?? '',
              label: keyName(item.key),
              value: item.value,
              figure: words.number(item.value),
              href: listHref(item.href),
            }))}
          />
        </section>
        <section>
          <h2>
            {t('operations.hours')} <span className="q">{t('operations.hours_unit')}</span>
          </h2>
          <BarList
            label={t('operations.hours')}
            bars={mostFirst(hours.data?.items, by).map((item) => ({
              key: item.key ?? '',
              label: keyName(item.key),
              value: item.value,
              figure: words.number(item.value),
              href: listHref(item.href),
            }))}
          />
        </section>
        {promising ? (
          <section>
            <h2>
              <Term name="promises">{t('operations.promises')}</Term>{' '}
              <span className="q">{t('operations.promises_unit')}</span>
            </h2>
            <BarList
              label={t('operations.promises')}
              bars={mostFirst(promises.data?.items, by).map((item) => ({
                key: item.key ?? '',
                label: keyName(item.key),
                value: item.value,
                figure: percent(item.value),
                href: listHref(item.href),
              }))}
            />
          </section>
        ) : null}
        <section>
          <h2>
            <Term name="dwell">{t('operations.dwell')}</Term> <span className="q">{t('operations.dwell_unit')}</span>
          </h2>
          <BarList
            label={t('operations.dwell')}
            bars={(dwell.data?.items ?? []).map((item) => ({
              key: item.key ?? '',
              label: item.key ? words.state(item.key) : t('operations.none'),
              value: item.value,
              figure: words.number(item.value),
              href: listHref(item.href),
            }))}
          />
        </section>
      </div>
    </div>
  );
}
