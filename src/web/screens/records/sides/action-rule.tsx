import { useTranslation } from 'react-i18next';
import { Steps } from '../../../desk/steps';
import { type ActionTrial, ActionTrialResult } from '../action-trial';
import { RecordTrial, useRuleTrialWords } from '../trial';
import type { Side } from './side';

/** What its owner has to look at, and what the rule would have done. */
export default function ActionRule({ record }: Side) {
  const { t } = useTranslation('rules');
  const says = useRuleTrialWords();
  return (
    <>
      <Steps plural="action-rules" record={record} />
      <RecordTrial<ActionTrial> plural="action-rules" record={record} says={says} draft={t('draft_acts')}>
        {(found) => <ActionTrialResult trial={found} />}
      </RecordTrial>
    </>
  );
}
