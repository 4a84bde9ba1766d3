import type { AgreementContent, Promised } from './agreement.contract';
import type { TargetName } from './clock.contract';
import type { Target, Targets } from './terms.rules';

/** A published version of an agreement. Instants are UTC milliseconds, dates `YYYY-MM-DD`. */
export interface AgreementVersion {
  readonly id: string;
  readonly number: string;
  /** Rises with each agreement made. */
  readonly serial: number;
  readonly version: number;
  readonly published_at: number;
  /** Records opened from then on fall under it no more. */
  readonly retired_at: number | null;
  readonly content: AgreementContent;
}

/** What decides which agreement a record falls under. */
export interface Matched {
  readonly service_id: string | null;
  readonly organization_id: string | null;
  readonly department: string | null;
  readonly priority: number | null;
}

const fields = ['service_id', 'organization_id', 'department', 'priority'] as const;

const holds = (version: AgreementVersion, record: Matched): boolean =>
  fields.every((name) => version.content.match[name] == null || version.content.match[name] === record[name]);

/** Most fields first; among as many, service before organization before department before priority, then the newest. */
const precedes = (a: AgreementVersion, b: AgreementVersion): number => {
  const named = (version: AgreementVersion) => fields.filter((name) => version.content.match[name] != null);
  const [left, right] = [named(a), named(b)];
  if (left.length !== right.length) return right.length - left.length;
  for (const name of fields) if (left.includes(name) !== right.includes(name)) return left.includes(name) ? -1 : 1;
  return b.serial - a.serial || b.version - a.version;
};

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/**
 * The versions in force for what was opened at an instant, as far as was known at `known`: of each agreement the latest
 * version that had begun on that date (UTC), unless its validity was over. A later version ends an earlier one from
 * its own first day on.
 */
export const inForce = (
  versions: readonly AgreementVersion[],
  openedAt: number,
  known: number = Number.POSITIVE_INFINITY,
): AgreementVersion[] => {
  const on = dateOf(openedAt);
  const latest = new Map<string, AgreementVersion>();
  for (const version of versions) {
    if (version.published_at > known || version.content.effective_on > on) continue;
    const other = latest.get(version.id);
    if (!other || other.version < version.version) latest.set(version.id, version);
  }
  return [...latest.values()].filter(
    ({ content, retired_at }) =>
      (content.valid_until === null || content.valid_until >= on) && (retired_at === null || openedAt < retired_at),
  );
};

/** The agreement a record falls under; null when none matches: then it has no clocks. */
export const chooseAgreement = (
  versions: readonly AgreementVersion[],
  record: Matched,
  openedAt: number,
  known?: number,
): AgreementVersion | null =>
  inForce(versions, openedAt, known)
    .filter((version) => holds(version, record))
    .sort(precedes)[0] ?? null;

const promisedTarget = (promised: Promised): Target => {
  if (promised.seconds !== undefined) return { seconds: promised.seconds };
  if (promised.working_days !== undefined)
    return { working_days: promised.working_days, end_of_day: promised.end_of_day };
  return { at_field: promised.at_field! };
};

/** The targets for one priority: what names the priority goes before what names none. */
export const targetsFor = (content: Pick<AgreementContent, 'targets'>, priority: number | null): Targets => {
  const found = new Map<TargetName, Promised>();
  for (const promised of content.targets) {
    if (promised.team_id !== undefined) continue;
    if (promised.priority !== undefined && promised.priority !== priority) continue;
    if (promised.priority !== undefined || !found.has(promised.target)) found.set(promised.target, promised);
  }
  return Object.fromEntries([...found].map(([name, promised]) => [name, promisedTarget(promised)]));
};

/** The slices of one priority, in seconds by team: what names the priority goes before what names none. */
export const slicesFor = (
  content: Pick<AgreementContent, 'targets'>,
  priority: number | null,
): Record<string, number> => {
  const found: Record<string, number> = {};
  const exact = new Set<string>();
  for (const { team_id, seconds, priority: of } of content.targets) {
    if (team_id === undefined || seconds === undefined || (of !== undefined && of !== priority)) continue;
    if (of === undefined && exact.has(team_id)) continue;
    found[team_id] = seconds;
    if (of !== undefined) exact.add(team_id);
  }
  return found;
};
