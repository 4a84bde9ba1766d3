import { assignVerb } from '../../../commons/keeping/assign';
import { hangingVerbs } from '../../../commons/keeping/hangings';
import { passVerb } from '../../../commons/keeping/pass';
import type { Verb } from '../../../kernel/command';
import { handlesDepartment } from '../../../kernel/policy';
import { adopt, assess, edit, investigate, log } from './commands/begin';
import { accept, cancel, close, document, drop, fix, reopen, resolve } from './commands/know';
import { problem } from './problem';

export { openProblemStates, problemStates } from './problem.contract';
export { problem };

export const problemVerbs: Verb[] = [
  log,
  adopt,
  assess,
  investigate,
  document,
  fix,
  drop,
  resolve,
  reopen,
  close,
  accept,
  cancel,
  assignVerb(problem, [handlesDepartment]),
  passVerb(problem),
  edit,
  ...hangingVerbs(problem, [handlesDepartment]),
];
