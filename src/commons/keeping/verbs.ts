import { type Context, type Verb, verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import type { Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';

/** Rules of one type on what may be set together; throws a refusal. */
export type Check = (record: Row, input: Row, context: Context) => void;

/** The verbs of a record that is simply kept: create, edit, retire, restore. */
export function keepingVerbs(type: RecordType, who: { make: Relation[]; change?: Relation[] }, check?: Check): Verb[] {
  const change = who.change ?? who.make;
  return [
    verb({
      on: type,
      verb: 'create',
      past: 'created',
      label: 'Create',
      creates: true,
      takes: 'writable',
      allow: who.make,
      decide: (_record, input, _facts, context) => {
        check?.({}, input, context);
        return { set: { state: type.life.initial[0], ...input } };
      },
    }),
    verb({
      on: type,
      verb: 'edit',
      past: 'edited',
      label: 'Edit',
      undo: true,
      takes: 'writable',
      allow: change,
      decide: (record, input, _facts, context) => {
        check?.(record, input, context);
        return { set: input };
      },
    }),
    move(type, 'retire', 'retired', 'Retire', change),
    move(type, 'restore', 'restored', 'Restore', change),
  ];
}

/** A verb that leads from state to state and takes nothing but perhaps a reason. */
export function move(
  type: RecordType,
  name: string,
  past: string,
  label: string,
  allow: Relation[],
  required: string[] = [],
): Verb {
  const moves = type.life.verbs[name];
  if (!moves) throw new Error(`${type.type} has no ${name} in its life.`);
  return verb({
    on: type,
    verb: name,
    past,
    label,
    undo: true,
    input: { reason },
    required,
    allow,
    decide: (record, input) => ({
      set: { state: moves[String(record.state)]![0] },
      remember: { reason: input.reason },
    }),
  });
}

export const reason: Field = { kind: 'text', label: 'Reason', max: 4000 };

/** Fields every kept record has. Its name is its title. */
export const nameField: Field = {
  kind: 'text',
  label: 'Name',
  on: 'record',
  column: 'title',
  required: true,
  max: 300,
  searched: true,
};
export const keptFields: Record<string, Field> = {
  name: nameField,
  description: { kind: 'markdown', label: 'Description', searched: true },
  owner_id: { kind: 'reference', label: 'Owner', to: 'person' },
};
/** Refuses what is made for, or brought into, a confidential department by somebody who does not belong to it. */
export const checkWall: Check = (_record, input, context) => refuseBehindWall(context, 'department', input.department);

/** The same for a department that is named by `field`. */
export function refuseBehindWall({ actor }: Context, field: string, department: unknown): void {
  if (typeof department === 'string' && actor.walledOff.includes(department))
    throw invalid(field, 'Only who belongs to this confidential department makes something for it.');
}

/** What matches by a department is for that department, and stands behind its wall. */
export const departmentOfMatch: Check = (record, input, context) => {
  const named = (name: string) => (input[name] === undefined ? record[name] : input[name]);
  const matched = (named('match') as Row | null | undefined)?.department;
  if (matched != null) {
    const own = input.department === undefined && input.match !== undefined ? null : named('department');
    if (own != null && own !== matched)
      throw invalid('department', 'It is for one department and matches by another: one of them must go.');
    if (record.department !== matched || input.department !== undefined) input.department = matched;
  }
  checkWall(record, input, context);
};

export const departmentField: Field = { kind: 'reference', label: 'Department', on: 'record', to: 'department' };
