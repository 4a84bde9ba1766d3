import type { Together } from '../../kernel/house';
import { childrenToo } from './children-too';
import { layChecklists } from './lay-checklists';
import { majorTogether } from './major';
import { requesterAnswers } from './requester-answers';

export const restoreServiceTogether: readonly Together[] = [
  requesterAnswers,
  childrenToo,
  layChecklists,
  ...majorTogether,
];
export { similarReports } from './similar-reports';
