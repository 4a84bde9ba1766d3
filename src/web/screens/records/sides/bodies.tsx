import '../../told.css';
import './bodies.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../../api/client';
import { settle, useMe, usePart } from '../../../api/queries';
import type { Page } from '../../../api/types';
import { Section } from '../../../kit/facts';
import { HealthStop } from '../../../kit/glyphs';
import { When } from '../../../kit/marks';
import { Refusal, Skeleton } from '../../../kit/states';
import { say } from '../../../kit/toast';
import { has } from '../../../shell/roles';
import type { Side } from './side';

interface Body {
  id: string;
  at: string;
  state: 'waiting' | 'done' | 'failed';
  problem: string | null;
  body: string;
}

/** Where alerts are posted to, and what was sent there, newest first; what failed is shown with the reason and replayed. */
export default function Bodies({ record }: Side) {
  const { t } = useTranslation('alerts');
  const me = useMe();
  const address = `${location.origin}/hooks/${String(record.key)}`;
  return (
    <>
      <Section title={t('bodies.address')}>
        <p>
          <code className="mono bodies-at">{address}</code>
        </p>
        <p className="q2 s">{t('bodies.token')}</p>
      </Section>
      {has(me.data, 'administrator') ? <Sent number={record.number} /> : null}
    </>
  );
}

function Sent({ number }: { number: string }) {
  const { t } = useTranslation('alerts');
  const client = useQueryClient();
  const sent = usePart<Page<Body>>('alert-sources', number, 'bodies');
  const [open, setOpen] = useState<string | null>(null);
  const replay = async (id: string) => {
    try {
      await ask(`/alert-sources/${number}/bodies/${id}/replay`, {
        method: 'POST',
        body: {},
        idempotencyKey: crypto.randomUUID(),
      });
      say(t('bodies.replayed'));
      settle(client, 'alert-sources', number);
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  return (
    <Section title={t('bodies.title')}>
      {sent.isPending ? <Skeleton rows={3} height={28} /> : null}
      {sent.isError ? <Refusal error={sent.error} /> : null}
      {sent.data?.items.length === 0 ? <p className="q">{t('bodies.none')}</p> : null}
      <ul className="bodies">
        {sent.data?.items.map((one) => (
          <li key={one.id}>
            <div className="bodies-l">
              <HealthStop
                mark={one.state === 'done' ? 'good' : one.state === 'failed' ? 'broken' : 'unknown'}
                label={t(`bodies.${one.state}`)}
              />
              <When at={one.at} className="num nw" />
              <span className="q2 bodies-p">{one.problem ?? t(`bodies.${one.state}`)}</span>
              <button
                type="button"
                className="link"
                aria-expanded={open === one.id}
                onClick={() => setOpen(open === one.id ? null : one.id)}
              >
                {t('bodies.show')}
              </button>
              {one.state === 'failed' ? (
                <button type="button" className="link" onClick={() => void replay(one.id)}>
                  {t('bodies.replay')}
                </button>
              ) : null}
            </div>
            {open === one.id ? (
              <section className="bodies-b" aria-label={t('bodies.show')}>
                <code className="mono">{one.body}</code>
              </section>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
