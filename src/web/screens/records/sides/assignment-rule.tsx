import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client';
import { keys } from '../../../api/keys';
import { Section } from '../../../kit/facts';
import { Refusal, Skeleton } from '../../../kit/states';
import { type Trial, TrialResult } from '../rule-trial';
import type { Side } from './side';

/** What the rule would have done; for a draft at once, so that it is seen before it is switched on. */
export default function AssignmentRule({ record }: Side) {
  const { t } = useTranslation('rules');
  const mayTry = record.offers?.includes('edit') ?? false;
  const draft = record.state === 'draft';
  const [wanted, setWanted] = useState(false);
  const trial = useQuery({
    queryKey: keys.part('assignment-rules', record.number, `try ${record.version}`),
    queryFn: () => ask<Trial>(`/assignment-rules/${record.number}/try`, { method: 'POST', body: {} }),
    enabled: mayTry && (draft || wanted),
    retry: false,
  });
  if (!mayTry) return null;
  return (
    <Section title={t('title')} note={t('note')}>
      {draft ? <p className="q2">{t('draft')}</p> : null}
      {draft || wanted ? null : (
        <button type="button" className="btn" onClick={() => setWanted(true)}>
          {t('run')}
        </button>
      )}
      {trial.isLoading ? <Skeleton rows={3} height={28} /> : null}
      {trial.isError ? <Refusal error={trial.error} /> : null}
      {trial.data ? <TrialResult trial={trial.data} /> : null}
    </Section>
  );
}
