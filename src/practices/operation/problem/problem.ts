import { plainLife } from '../../../commons/keeping/life';
import { departmentField, keepingVerbs } from '../../../commons/keeping/verbs';
import type { Verb } from '../../../kernel/command';
import { handlesDepartment, readsDepartment } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';

/** Known by its number and its links only; its own life comes with the practice. */
export const problem: RecordType = record({
  type: 'problem',
  plural: 'problems',
  prefix: 'PRB',
  table: 'problem',
  label: 'Problem',
  labels: 'Problems',
  life: plainLife,
  sees: [readsDepartment],
  team: [readsDepartment],
  fields: {
    title: { kind: 'text', label: 'Title', on: 'record', required: true, max: 300, searched: true },
    description: { kind: 'markdown', label: 'Description', searched: true },
    department: { ...departmentField, required: true },
    organization_id: { kind: 'reference', label: 'Organization', to: 'organization' },
    source: { kind: 'text', label: 'Source', writable: 'creation', max: 100 },
    source_number: { kind: 'text', label: 'Number at the source', writable: 'creation', max: 100, searched: true },
  },
});

export const problemVerbs: Verb[] = keepingVerbs(problem, { make: [handlesDepartment] }).filter(
  ({ verb }) => verb !== 'create',
);
