import type { Measure } from '../../api/types';
import { listHref } from '../../words/list-href';

export interface Period {
  from: string;
  to: string;
  choice: 'year' | 'months' | 'all' | 'own';
  name: (language: string) => string;
}

/** The period of the address, or the last twelve months. Dates, the end exclusive. */
export function periodOf(from: string | undefined, to: string | undefined, now: number): Period {
  const today = new Date(now);
  const tomorrow = new Date(now + 86_400_000).toISOString().slice(0, 10);
  const yearAgo = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 11, 1)).toISOString().slice(0, 10);
  const first = from ?? yearAgo;
  const last = to ?? tomorrow;
  const choice = !from && !to ? 'year' : to ? 'own' : first.startsWith('2000') ? 'all' : 'months';
  const name = (language: string) => {
    const words = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    const end = new Date(Date.parse(`${last}T00:00:00Z`) - 86_400_000);
    return `${words.format(new Date(`${first}T00:00:00Z`))} – ${words.format(end)}`;
  };
  return { from: first, to: last, choice, name };
}

/** `Mar 16`, or the key itself where it is no month. */
export function monthLabel(key: string | null, language: string): string {
  if (!key || !/^\d{4}-\d{2}$/.test(key)) return key ?? '';
  return new Intl.DateTimeFormat(language, { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(
    new Date(`${key}-01T00:00:00Z`),
  );
}

/** The figures of months as points of a chart, each leading to the list it was counted from. */
export function pointsOf(items: Measure[] | undefined, language: string) {
  return (items ?? []).map((item) => ({
    key: item.key ?? '',
    label: monthLabel(item.key, language),
    value: item.value,
    href: item.href ? listHref(item.href) : undefined,
  }));
}

/** The share over all parts, weighted by how many each counts; null when nothing was counted. */
export function sumOf(items: Measure[]): number | null {
  const weight = items.reduce((sum, item) => sum + (item.count ?? 1), 0);
  if (items.length === 0 || weight === 0) return null;
  return items.reduce((sum, item) => sum + item.value * (item.count ?? 1), 0) / weight;
}

/** Months without a figure are zero, so that lines run through: from the period's begin (or the first figure) to its end. */
export function filled(items: Measure[] | undefined, period: Period, others: Measure[] = []): Measure[] {
  const known = [...(items ?? []), ...others].map((item) => item.key ?? '').filter((key) => /^\d{4}-\d{2}$/.test(key));
  const first = period.choice === 'all' ? known.sort()[0] : period.from.slice(0, 7);
  if (!first) return items ?? [];
  const end = new Date(Date.parse(`${period.to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 7);
  const found = new Map((items ?? []).map((item) => [item.key, item]));
  const months: Measure[] = [];
  for (
    let at = new Date(`${first}-01T00:00:00Z`);
    at.toISOString().slice(0, 7) <= end && months.length < 240;
    at.setUTCMonth(at.getUTCMonth() + 1)
  ) {
    const key = at.toISOString().slice(0, 7);
    months.push(found.get(key) ?? { key, value: 0, unit: '', href: '' });
  }
  return months;
}

/** Priorities in their order; of teams and services the twelve that stand out. */
export function mostFirst(items: Measure[] | undefined, by: string): Measure[] {
  const all = [...(items ?? [])];
  return by === 'priority' ? all : all.sort((a, b) => (b.count ?? b.value) - (a.count ?? a.value)).slice(0, 12);
}

/** What each choice of a period puts into the address, at an instant. */
export const choices = {
  year: () => ({ from: undefined, to: undefined }),
  months: (now: number) => ({
    from: new Date(now - 90 * 86_400_000).toISOString().slice(0, 8).concat('01'),
    to: undefined,
  }),
  all: () => ({ from: '2000-01-01', to: undefined }),
  own: (now: number) => ({
    from: `${new Date(now).getUTCFullYear()}-01-01`,
    to: new Date(now + 86_400_000).toISOString().slice(0, 10),
  }),
};
