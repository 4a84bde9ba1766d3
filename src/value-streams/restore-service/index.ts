import type { Together } from '../../kernel/house';
import { majorTogether } from './major';
import { requesterAnswers } from './requester-answers';

export const restoreServiceTogether: readonly Together[] = [requesterAnswers, ...majorTogether];
export { similarReports } from './similar-reports';
