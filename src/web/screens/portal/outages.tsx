import './outages.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../api/client';
import { keys } from '../../api/keys';
import { useType } from '../../api/queries';
import type { Page } from '../../api/types';
import { HealthStop } from '../../kit/glyphs';
import { say } from '../../kit/toast';
import { useWords } from '../../words/use-words';

interface OutageNotice {
  id: string;
  number: string;
  name: string;
  message: string | null;
  next_update_at: string | null;
  started_at: string;
  joined: number;
  mine: boolean;
}

/** What is out of order now, on top of everything: what it is, since when, when one hears again, and "it hits me too". */
export function Outages() {
  const { t } = useTranslation('alerts');
  const words = useWords();
  const client = useQueryClient();
  const kept = useType('outages') !== undefined;
  const key = keys.list('outages', { ongoing: true });
  const joined = useRef<string | null>(null);
  const going = useQuery({
    queryKey: key,
    queryFn: () => ask<Page<OutageNotice>>('/me/outages'),
    staleTime: 10_000,
    refetchInterval: 60_000,
    enabled: kept,
  });
  const join = async (one: OutageNotice) => {
    joined.current = one.id;
    try {
      await ask(`/outages/${one.number}/join`, { method: 'POST', body: {}, idempotencyKey: crypto.randomUUID() });
      say(t('outage.told'));
      await client.invalidateQueries({ queryKey: key });
    } catch (error) {
      joined.current = null;
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  const items = going.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="outs" aria-label={t('outage.label')}>
      <ul>
        {items.map((one) => (
          <li key={one.id} className="out">
            <HealthStop mark="broken" label={t('outage.broken')} />
            <div className="out-w">
              <p className="b">{t('outage.title', { name: one.name })}</p>
              {one.message ? <p>{one.message}</p> : null}
              <p className="out-s">
                {t('outage.since', { at: words.when(one.started_at) })}
                {one.next_update_at ? ` · ${t('outage.next', { at: words.when(one.next_update_at) })}` : ''}
                {one.joined > 0 ? ` · ${t('outage.hit', { count: one.joined })}` : ''}
              </p>
            </div>
            {one.mine ? (
              <p
                className="out-m b"
                tabIndex={-1}
                // The button that was pressed is gone: who reads by other means goes on from here.
                ref={(shown) => {
                  if (!shown || one.id !== joined.current) return;
                  joined.current = null;
                  shown.focus();
                }}
              >
                {t('outage.mine')}
              </p>
            ) : (
              <button type="button" className="btn" onClick={() => void join(one)}>
                {t('outage.me_too')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
