import { reason } from '../../../../commons/keeping/verbs';
import { type Context, type FactItem, verb } from '../../../../kernel/command';
import { among, type Row, rows, sql } from '../../../../kernel/database';
import { both, readsDepartment, role } from '../../../../kernel/policy';
import { invalid } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { problem } from '../problem';
import { agents, causeKnown, known, managers } from './begin';

/** Cause or workaround are written down, and the desk is shown them: from now on it is a known error. */
export const document = verb({
  on: problem,
  verb: 'document',
  past: 'documented',
  done: 'recorded as a known error',
  label: 'Record known error',
  undo: true,
  takes: ['root_cause', 'workaround'],
  allow: agents,
  decide: (record, input, _facts, context) => {
    if (known({ ...record, ...input }) === null)
      throw invalid('workaround', say`A known error has a cause or a workaround: write one of them.`);
    return {
      set: {
        ...input,
        ...causeKnown(record, input, context),
        state: record.state === 'investigating' ? 'known_error' : record.state,
        known_error: true,
        known_error_at: record.known_error_at ?? context.now,
      },
    };
  },
});

/** A change or a supplier takes the cause away. */
export const fix = verb({
  on: problem,
  verb: 'fix',
  past: 'fix_started',
  done: 'fixed',
  label: 'Begin the fix',
  undo: true,
  takes: ['root_cause', 'change_id', 'supplier_reference'],
  allow: agents,
  decide: (record, input, _facts, context) => {
    const after = { ...record, ...input };
    if (!after.root_cause) throw invalid('root_cause', say`A cause is fixed when it is known: write it down.`);
    if (after.change_id == null && !after.supplier_reference)
      throw invalid('change_id', say`Name the change, or the number at the supplier, that fixes it.`);
    return {
      set: {
        ...input,
        ...causeKnown(record, input, context),
        state: 'fix_in_progress',
        fix_started_at: context.now,
        known_error: true,
        known_error_at: record.known_error_at ?? context.now,
      },
    };
  },
});

/** The fix failed or was given up; the error stays known. */
export const drop = verb({
  on: problem,
  verb: 'drop',
  past: 'dropped',
  done: 'relieved of its fix',
  label: 'Give up the fix',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: agents,
  decide: (_record, input) => ({
    set: { state: 'known_error', fix_started_at: null },
    remember: { reason: input.reason },
  }),
});

/** The outcome of the change that was to fix each problem. */
async function fixOutcomes(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, FixState>> {
  const of = (item: FactItem<Row>) => String(item.input.change_id ?? item.record.change_id ?? '');
  const ids = items.map(of).filter((id) => id !== '');
  const found =
    ids.length === 0
      ? []
      : await rows<FixState & { id: string }>(
          context.db,
          sql`select c.id, r.state, c.outcome from change c join record r on r.id = c.id where c.id ${among(ids)}`,
        );
  const changes = new Map(found.map((row) => [row.id, row]));
  return new Map(items.flatMap((item) => (changes.has(of(item)) ? [[item.key, changes.get(of(item))!]] : [])));
}

interface FixState {
  readonly state: string;
  readonly outcome: string | null;
}

/** The cause is gone: by a change that succeeded, or without one for a reason that is said. */
export const resolve = verb<Row, FixState | undefined>({
  on: problem,
  verb: 'resolve',
  past: 'resolved',
  label: 'Resolve',
  undo: true,
  takes: ['root_cause', 'resolution_note', 'change_id', 'no_change_reason'],
  required: ['resolution_note'],
  allow: agents,
  facts: fixOutcomes,
  decide: (record, input, change, context) => {
    if (!(input.root_cause ?? record.root_cause)) throw invalid('root_cause', say`Write down what the cause was.`);
    const fixed = change?.state === 'closed' && /^successful/.test(change.outcome ?? '');
    if (!fixed && !input.no_change_reason)
      throw invalid(
        'no_change_reason',
        change
          ? say`The change that was to fix it is not closed as successful: say why the cause is gone all the same.`
          : say`Name the change that took the cause away, or say why there is none.`,
      );
    return {
      set: { ...input, ...causeKnown(record, input, context), state: 'resolved', resolved_at: context.now },
    };
  },
});

/** It came back. */
export const reopen = verb({
  on: problem,
  verb: 'reopen',
  past: 'reopened',
  label: 'Reopen',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: agents,
  decide: (record, input) => ({
    set: { state: 'investigating', resolved_at: null, reopen_count: Number(record.reopen_count ?? 0) + 1 },
    remember: { reason: input.reason },
  }),
});

/** It stayed away. One of the highest priority is closed with what was learnt. */
export const close = verb({
  on: problem,
  verb: 'close',
  past: 'closed',
  label: 'Close',
  undo: true,
  takes: ['lessons'],
  allow: managers,
  decide: (record, input, _facts, context) => {
    if (record.priority === 1 && !(input.lessons ?? record.lessons))
      throw invalid('lessons', say`A problem of priority 1 is closed with what was learnt from it.`);
    return { set: { ...input, state: 'closed', closed_at: context.now, known_error: false } };
  },
});

/** It is cheaper to live with it; the error stays known to the desk. */
export const accept = verb({
  on: problem,
  verb: 'accept',
  past: 'accepted',
  done: 'accepted as a risk',
  label: 'Accept the risk',
  undo: true,
  takes: ['accepted_risk_reason'],
  required: ['accepted_risk_reason'],
  allow: [...managers, both(role('service_owner'), readsDepartment)],
  decide: (_record, input, _facts, context) => ({ set: { ...input, state: 'closed', closed_at: context.now } }),
});

export const cancel = verb({
  on: problem,
  verb: 'cancel',
  past: 'cancelled',
  label: 'Cancel',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: managers,
  decide: (_record, input, _facts, context) => ({
    set: { state: 'cancelled', cancelled_at: context.now },
    remember: { reason: input.reason },
  }),
});
