import { calledMany } from '../../kernel/called';
import type { House, Verb } from '../../kernel/command';
import { fieldNamed } from '../../kernel/field';
import { type RecordType, record } from '../../kernel/record';
import { invalid, Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { type Check, keepingVerbs } from '../keeping/verbs';
import { staff } from '../people';
import { readSort } from '../reading';
import { changesShared, checkSharing, forgetVerb, makesShared, seesShared, sharedFields, sharedLife } from '../sharing';

/** A list under a name: what is shown, in which order, in which columns. */
export const view: RecordType = record({
  type: 'view',
  plural: 'views',
  prefix: 'VIEW',
  table: 'view',
  label: 'View',
  labels: 'Views',
  life: sharedLife,
  sees: seesShared,
  team: [staff],
  standardSort: 'rank,name',
  fields: {
    ...sharedFields,
    record_type: { kind: 'text', label: 'Kind of record', writable: 'creation', required: true, max: 60 },
    filter: {
      kind: 'text',
      label: 'Filter',
      max: 4_000,
      help: 'As the filter bar writes it: team:"Service desk" state:open',
    },
    sort: { kind: 'text', label: 'Order', max: 300 },
    columns: { kind: 'texts', label: 'Columns' },
  },
});

const check =
  (house: () => House): Check =>
  (before, input, context) => {
    const name = String(input.record_type ?? before.record_type);
    const type = house().types.get(name);
    if (!type) throw invalid('record_type', say`There is no record type ${name}.`);
    const fields = house().fieldsOf(type);
    for (const column of (input.columns as string[] | null | undefined) ?? [])
      if (!fieldNamed(fields, column)) throw invalid('columns', say`${calledMany(type)} have no field ${column}.`);
    if (typeof input.sort === 'string' && input.sort !== '')
      try {
        readSort(type, fields, input.sort);
      } catch (error) {
        throw error instanceof Refusal ? invalid('sort', error.sentence) : error;
      }
    checkSharing(before, input, context);
  };

/** The verbs; the kinds of record and their fields are known once the house is open. */
export function viewVerbs(house: () => House): Verb[] {
  return [
    ...keepingVerbs(view, { make: makesShared, change: changesShared }, check(house)),
    forgetVerb(view, { filter: null, sort: null, columns: [] }),
  ];
}
