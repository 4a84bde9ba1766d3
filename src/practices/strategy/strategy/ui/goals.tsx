import './goals.css';
import '../../../../web/kit/line-strip.css';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../../web/api/client';
import { keys } from '../../../../web/api/keys';
import { useCount, useList, useType, useTypes } from '../../../../web/api/queries';
import type { Health, LineOfSight, RecordRow, RecordType, Ref } from '../../../../web/api/types';
import { HealthStop } from '../../../../web/kit/glyphs';
import { Key } from '../../../../web/kit/marks';
import { EmptyState, Refusal, Skeleton } from '../../../../web/kit/states';
import { Missing } from '../../../../web/shell/missing';
import { useTitle } from '../../../../web/shell/use-title';
import { refOf, textOf, titleOf } from '../../../../web/words/record';

interface Carried {
  service: RecordRow;
  weight: number;
}

/** Goals are a practice of their own: where it is off there is no such page. */
export function Goals() {
  const types = useTypes();
  const type = useType('goals');
  if (!types.data) return <Skeleton />;
  return type ? <GoalsOf type={type} /> : <Missing />;
}

/** Goals in their tree, each with the services that carry it: the line in small, from purpose to work. */
function GoalsOf({ type }: { type: RecordType }) {
  const { t } = useTranslation('direction');
  const { t: r } = useTranslation('records');
  useTitle(t('goals.title'));
  const goals = useList('goals', { state: 'active' }, { limit: 200 });
  const services = useList('services', { 'state.ne': 'retired' }, { limit: 200 });
  const rows = useMemo(() => goals.data?.pages.flatMap((page) => page.items) ?? [], [goals.data]);
  const carriers = useMemo(() => services.data?.pages.flatMap((page) => page.items) ?? [], [services.data]);
  const byGoal = useMemo(() => carry(carriers), [carriers]);
  const lines = useQueries({
    queries: carriers.map((service) => ({
      queryKey: keys.part('services', service.number, 'line-of-sight'),
      queryFn: () => ask<LineOfSight>(`/services/${service.number}/line-of-sight`),
      staleTime: 60_000,
      retry: false,
    })),
  });
  const health = new Map<string, Health>();
  for (const line of lines)
    for (const path of line.data?.paths ?? []) for (const stop of path.stops) health.set(stop.number, stop.health);
  const tree = useMemo(() => ordered(rows), [rows]);
  const parts = (goal: RecordRow) => rows.filter((one) => refOf(one, 'parent_id')?.id === goal.id);
  // A goal no service carries is as well as the goals it is made of; these stand after it.
  for (const { goal } of [...tree].reverse()) {
    const below = parts(goal).flatMap((part) => health.get(part.number) ?? []);
    if (!health.has(goal.number) && below.length) health.set(goal.number, worstOf(below));
  }
  // Nothing is said about danger before every answer is here.
  const known = services.data !== undefined && lines.every((line) => !line.isPending);
  const danger = rows.filter((goal) => ['at_risk', 'broken'].includes(health.get(goal.number) ?? ''));
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('goals.title')}</h1>
          <p className="lede">
            {goals.data && known
              ? danger.length
                ? t('goals.danger', { count: danger.length, names: danger.map(titleOf).join(', ') })
                : t('goals.calm', { count: rows.length, services: carriers.length })
              : ' '}
          </p>
        </div>
        <div className="tools">
          {type?.may_create ? (
            <Link to="/goals/new" className="verb main">
              {r('create', { what: t('goals.one') })} <Key>C</Key>
            </Link>
          ) : null}
        </div>
      </header>
      {goals.isError ? (
        <div className="pane">
          <Refusal error={goals.error} />
        </div>
      ) : goals.isPending ? (
        <Skeleton rows={6} height={56} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('goals.none')}>{t('goals.none_text')}</EmptyState>
      ) : (
        <div className="cs" aria-busy={!known}>
          <div className="cs-head q s">
            <span>{t('goals.goal')}</span>
            <span>{t('goals.service')}</span>
            <span>{t('goals.now')}</span>
          </div>
          {tree.map(({ goal, depth }) => (
            <GoalRow
              key={goal.id}
              goal={goal}
              depth={depth}
              carried={byGoal.get(goal.id) ?? []}
              parts={parts(goal).length}
              health={health}
              known={known}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function GoalRow({
  goal,
  depth,
  carried,
  parts,
  health,
  known,
}: {
  goal: RecordRow;
  depth: number;
  carried: Carried[];
  /** How many goals it is made of. */
  parts: number;
  health: Map<string, Health>;
  /** Whether every answer is here: what nobody spoke of is well only then. */
  known: boolean;
}) {
  const { t } = useTranslation('direction');
  const state = health.get(goal.number) ?? (known && carried.length ? 'good' : 'unknown');
  return (
    <section className="cs-goal" aria-label={titleOf(goal)}>
      <div className="cs-g" style={{ paddingInlineStart: depth * 16 }}>
        <span className="cs-stop">
          <HealthStop mark={state} label={t(`health.${state}`)} />
          <i
            className={`ln ${state === 'at_risk' ? 'strained' : state === 'broken' ? 'harm' : state === 'unknown' ? 'dots' : 'whole'}`}
            aria-hidden="true"
          />
        </span>
        <Link to="/$plural/$number" params={{ plural: 'goals', number: goal.number }} className="u b">
          {titleOf(goal)}
        </Link>
        <p className="s q2">
          {[
            textOf(goal, 'measure'),
            goal.target ? t('goals.target', { target: textOf(goal, 'target') }) : '',
            refOf(goal, 'owner_id')?.name,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <ul className="cs-s">
        {carried.length === 0 ? (
          <li className="q s">{parts ? t('goals.by_parts', { count: parts }) : t('goals.uncarried')}</li>
        ) : null}
        {carried.map(({ service, weight }) => (
          <ServiceRow
            key={service.id}
            service={service}
            weight={weight}
            health={health.get(service.number) ?? 'unknown'}
          />
        ))}
      </ul>
    </section>
  );
}

/** One service that carries a goal: its health, its weight, what hurts on it now. */
export function ServiceRow({ service, weight, health }: { service: RecordRow; weight: number; health: Health }) {
  const { t } = useTranslation('direction');
  const open = useCount('incidents', { service_id: service.number, state_category: 'open,paused' });
  const total = open.data?.total ?? 0;
  return (
    <li className="cs-row">
      <HealthStop mark={health} label={t(`health.${health}`)} />
      <Link to="/services/$number" params={{ number: service.number }} className="u cut">
        {titleOf(service)}
      </Link>
      <span className="q s num nw">{t('goals.weight', { weight })}</span>
      <i
        className={`ln ${health === 'at_risk' ? 'strained' : health === 'broken' ? 'harm' : health === 'unknown' ? 'dots' : 'whole'}`}
        aria-hidden="true"
      />
      {total ? (
        <a
          className="u s num nw"
          href={`/incidents?filter=${encodeURIComponent(`service:${service.number} state:open`)}`}
        >
          {t('goals.incidents', { count: total })}
        </a>
      ) : open.data ? (
        <span className="q s nw">{t('goals.quiet')}</span>
      ) : null}
    </li>
  );
}

const severity: Health[] = ['good', 'unknown', 'at_risk', 'broken'];

const worstOf = (all: Health[]): Health =>
  all.reduce((worst, one) => (severity.indexOf(one) > severity.indexOf(worst) ? one : worst));

/** Which services carry which goal, the heaviest first. Goals of a service are `[{goal_id, weight}]`. */
export function carry(services: RecordRow[]): Map<string, Carried[]> {
  const found = new Map<string, Carried[]>();
  for (const service of services) {
    const goals = Array.isArray(service.goals) ? (service.goals as { goal_id: Ref | string; weight?: number }[]) : [];
    for (const { goal_id, weight } of goals) {
      const id = typeof goal_id === 'string' ? goal_id : goal_id?.id;
      if (!id) continue;
      found.set(id, [...(found.get(id) ?? []), { service, weight: weight ?? 1 }]);
    }
  }
  for (const list of found.values()) list.sort((a, b) => b.weight - a.weight);
  return found;
}

/** Parents before children, with how deep each stands. A circle in the data ends where it would repeat. */
export function ordered(goals: RecordRow[]): { goal: RecordRow; depth: number }[] {
  const out: { goal: RecordRow; depth: number }[] = [];
  const seen = new Set<string>();
  const walk = (parent: string | null, depth: number) => {
    for (const goal of goals) {
      const of = refOf(goal, 'parent_id')?.id ?? null;
      const top = parent === null && (of === null || !goals.some((one) => one.id === of));
      if (seen.has(goal.id) || (parent === null ? !top : of !== parent)) continue;
      seen.add(goal.id);
      out.push({ goal, depth });
      walk(goal.id, depth + 1);
    }
  };
  walk(null, 0);
  for (const goal of goals) if (!seen.has(goal.id)) out.push({ goal, depth: 0 });
  return out;
}
