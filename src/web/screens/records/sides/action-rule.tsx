import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client';
import { keys } from '../../../api/keys';
import { Steps } from '../../../desk/steps';
import { Section } from '../../../kit/facts';
import { Refusal, Skeleton } from '../../../kit/states';
import { type ActionTrial, ActionTrialResult } from '../action-trial';
import type { Side } from './side';

/** What its owner has to look at, and what the rule would have done; for a draft at once, before it is switched on. */
export default function ActionRule({ record }: Side) {
  const { t } = useTranslation('rules');
  const mayTry = record.offers?.includes('edit') ?? false;
  const draft = record.state === 'draft';
  const [wanted, setWanted] = useState(false);
  const trial = useQuery({
    queryKey: keys.part('action-rules', record.number, `try ${record.version}`),
    queryFn: () => ask<ActionTrial>(`/action-rules/${record.number}/try`, { method: 'POST', body: {} }),
    enabled: mayTry && (draft || wanted),
    retry: false,
  });
  return (
    <>
      <Steps plural="action-rules" record={record} />
      {mayTry ? (
        <Section title={t('title')} note={t('note')}>
          {draft ? <p className="q2">{t('draft_acts')}</p> : null}
          {draft || wanted ? null : (
            <button type="button" className="btn" onClick={() => setWanted(true)}>
              {t('run')}
            </button>
          )}
          {trial.isLoading ? <Skeleton rows={3} height={28} /> : null}
          {trial.isError ? <Refusal error={trial.error} /> : null}
          {trial.data ? <ActionTrialResult trial={trial.data} /> : null}
        </Section>
      ) : null}
    </>
  );
}
