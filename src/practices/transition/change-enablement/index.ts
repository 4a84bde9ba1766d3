import { assignVerb } from '../../../commons/keeping/assign';
import { hangingVerbs } from '../../../commons/keeping/hangings';
import { passVerb } from '../../../commons/keeping/pass';
import type { Verb } from '../../../kernel/command';
import { handlesDepartment } from '../../../kernel/policy';
import { change } from './change';
import { close, document, implement, review } from './commands/carry-out';
import { approve, assess, refer, reject, schedule } from './commands/decide';
import { adopt, cancel, draft, edit, isRequester, revise, submit } from './commands/plan';

export { changeKinds, changeStates, outcomes, plannedStates, riskLevels } from './change.contract';
export { change };

export const changeVerbs: Verb[] = [
  draft,
  adopt,
  submit,
  schedule,
  assess,
  refer,
  approve,
  reject,
  revise,
  implement,
  review,
  document,
  close,
  cancel,
  assignVerb(change, [handlesDepartment]),
  passVerb(change),
  edit,
  ...hangingVerbs(change, [handlesDepartment, isRequester]),
];
