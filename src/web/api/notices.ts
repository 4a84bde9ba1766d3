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

/** Keeps a change of it; says so, or why not. */
export function useChooseNotices() {
  const client = useQueryClient();
  const { t } = useTranslation('notices');
  return async (body: Record<string, unknown>): Promise<boolean> => {
    try {
      client.setQueryData(place, await ask<Notices>('/me/notices', { method: 'PATCH', body }));
      say(t('saved'));
      return true;
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
      return false;
    }
  };
}
