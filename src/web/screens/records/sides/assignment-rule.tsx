import { useTranslation } from 'react-i18next';
import { type Trial, TrialResult } from '../rule-trial';
import { RecordTrial, useRuleTrialWords } from '../trial';
import type { Side } from './side';

/** What the rule would have done. */
export default function AssignmentRule({ record }: Side) {
  const { t } = useTranslation('rules');
  return (
    <RecordTrial<Trial> plural="assignment-rules" record={record} says={useRuleTrialWords()} draft={t('draft')}>
      {(found) => <TrialResult trial={found} />}
    </RecordTrial>
  );
}
