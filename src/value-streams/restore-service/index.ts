import type { Together } from '../../kernel/house';
import { requesterAnswers } from './requester-answers';

export const restoreServiceTogether: readonly Together[] = [requesterAnswers];
