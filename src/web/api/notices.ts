import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { say } from '../kit/toast';
import { ask, sentenceOf } from './client';

export interface QuietWindow {
  days: string[];
  from: string;
  until: string;
}
export interface TopicChoice {
  topic: string;
  way: string;
  source: 'own' | 'role' | 'delivered';
  critical: boolean;
  passes: boolean;
}
export interface Notices {
  topics: TopicChoice[];
  quiet: QuietWindow[];
  digest: { every: 'hour' } | { every: 'day'; at: string };
  time_zone: string;
}

export const waysOfTelling = ['at_once', 'digest', 'in_app', 'never'] as const;
const place = ['me', 'notices'];

/** What one is told and how. */
export function useNotices() {
  return useQuery({ queryKey: place, queryFn: () => ask<Notices>('/me/notices') });
}

type Change = Partial<Omit<Notices, 'topics' | 'time_zone'>> & {
  ways?: Record<string, string | null>;
  passes?: Record<string, boolean>;
};

/** As it will read once it is kept; what falls back to a rule is known only by the answer. */
function changed(before: Notices, { ways, passes, quiet, digest }: Change): Notices {
  return {
    ...before,
    quiet: quiet ?? before.quiet,
    digest: digest ?? before.digest,
    topics: before.topics.map((one) => ({
      ...one,
      way: ways?.[one.topic] ?? one.way,
      passes: passes?.[one.topic] ?? one.passes,
    })),
  };
}

/** Keeps a change of it, shown at once and taken back where it is refused. */
export function useChooseNotices() {
  const client = useQueryClient();
  const { t } = useTranslation('notices');
  return async (body: Change): Promise<boolean> => {
    const before = client.getQueryData<Notices>(place);
    if (before) client.setQueryData(place, changed(before, body));
    try {
      client.setQueryData(place, await ask<Notices>('/me/notices', { method: 'PATCH', body }));
      say(t('saved'));
      return true;
    } catch (error) {
      client.setQueryData(place, before);
      say(sentenceOf(error), { tone: 'broken' });
      return false;
    }
  };
}

export type Choose = ReturnType<typeof useChooseNotices>;
