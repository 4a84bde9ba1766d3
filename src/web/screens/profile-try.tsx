import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import type { Notices } from '../api/notices';
import { useMe } from '../api/queries';
import { Field } from '../kit/field';
import { Refusal } from '../kit/states';
import { useWords } from '../words/use-words';

interface Plan {
  way: string;
  gathered: boolean;
  because: string | null;
  local: string | null;
  open_end: boolean;
}

/** The next Saturday evening after an instant, as a wall time: what people ask about first. */
function saturdayNight(now: Date): string {
  const day = new Date(now);
  day.setUTCDate(day.getUTCDate() + ((6 - day.getUTCDay() + 7) % 7));
  return `${day.toISOString().slice(0, 10)}T23:10`;
}

/** What stands on the screen, kept already or still on its way. */
function choicesOf({ quiet, digest, topics }: Notices, topic: string) {
  const one = topics.find((row) => row.topic === topic);
  return {
    quiet,
    digest,
    ...(one ? { ways: { [topic]: one.way } } : {}),
    ...(one?.critical ? { passes: { [topic]: one.passes } } : {}),
  };
}

/** When a message would reach one: as things are chosen now. */
export function TryOut({ known }: { known: Notices }) {
  const { t } = useTranslation('notices');
  const words = useWords();
  const me = useMe();
  const [topic, setTopic] = useState('answer');
  const [chosen, setAt] = useState<string | null>(null);
  const at = chosen ?? saturdayNight(new Date(me.data?.now ?? 0));
  const plan = useQuery({
    queryKey: ['me', 'notices', 'plan', topic, at, JSON.stringify(known)],
    queryFn: () =>
      ask<Plan>('/me/notices/preview', { method: 'POST', body: { topic, at, choices: choicesOf(known, topic) } }),
    enabled: at !== '',
    retry: false,
  });
  return (
    <>
      <div className="pf-row">
        <Field label={t('try_kind')}>
          {(ids) => (
            <select {...ids} className="input" value={topic} onChange={(event) => setTopic(event.target.value)}>
              {known.topics.map((one) => (
                <option key={one.topic} value={one.topic}>
                  {words.choice('topic', one.topic)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('try_day')}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              type="datetime-local"
              value={at}
              onChange={(event) => setAt(event.target.value.slice(0, 16))}
            />
          )}
        </Field>
      </div>
      <p role="status" className="nt-plan">
        {plan.data ? <Sentence plan={plan.data} /> : null}
      </p>
      {plan.isError ? <Refusal error={plan.error} /> : null}
    </>
  );
}

function Sentence({ plan }: { plan: Plan }) {
  const { t, i18n } = useTranslation('notices');
  if (plan.local === null) return t(plan.way === 'never' ? 'comes.never' : 'comes.in_app');
  if (plan.open_end) return t('comes.open');
  const at = new Intl.DateTimeFormat(i18n.language === 'de' ? 'de-DE' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    timeZone: 'UTC',
  }).format(new Date(`${plan.local}:00Z`));
  if (plan.because === 'quiet') return t('comes.quiet', { at });
  if (plan.because === 'absent') return t('comes.absent', { at });
  if (plan.because === 'passes') return t('comes.passes', { at });
  return t(plan.gathered ? 'comes.digest' : 'comes.at_once', { at });
}
