import { reason } from '../../../../commons/keeping/verbs';
import { openSteps, refuseOpenStep } from '../../../../commons/task';
import { type Context, type FactItem, verb, type Wake } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import type { Field } from '../../../../kernel/field';
import { handlesDepartment, theSystem, whileIn } from '../../../../kernel/policy';
import { Refusal } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { modelFacts } from '../facts';
import { incident, isBeneficiary, isRequester, notMerged } from '../incident';
import { deliveredModel, type Model } from '../priority.rules';
import { noUpdate } from './major';
import { heldNoLonger, noResume, resumeTimer } from './work';

const agents = [handlesDepartment, theSystem];
const day = 86_400_000;
const code: Field = { kind: 'text', label: 'Resolution code', max: 100 };
const note: Field = { kind: 'markdown', label: 'Resolution', max: 100_000 };

const children: Field = {
  kind: 'boolean',
  label: 'Its open children too',
  help: 'Incidents that are part of it are resolved with the same code and note.',
};

const closeTimer = (at: Date | null) => ({
  key: 'close',
  verb: 'close',
  at,
  reason: String(say`the time to confirm is over`),
});
const closesAt = (resolved: Date, days: number) => new Date(resolved.getTime() + days * day);

interface ResolveFacts {
  readonly model: Model | undefined;
  /** A step that is needed and not done. */
  readonly step: string | undefined;
}

async function resolveFacts(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, ResolveFacts>> {
  const models = await modelFacts(context, items);
  const steps = await openSteps(
    context,
    items.map(({ key }) => key),
  );
  return new Map(items.map(({ key }) => [key, { model: models.get(key), step: steps.get(key) }]));
}

/** Service is restored; the requester may still say no. */
export const resolve = verb<Row, ResolveFacts>({
  on: incident,
  verb: 'resolve',
  past: 'resolved',
  label: 'Resolve',
  undo: true,
  input: { resolution_code: code, resolution_note: note, children },
  required: ['resolution_code', 'resolution_note'],
  allow: agents,
  facts: resolveFacts,
  decide: (_record, { children: too, ...input }, { model, step }, context) => {
    refuseOpenStep(step);
    return {
      set: { state: 'resolved', resolved_at: context.now, ...input, ...heldNoLonger, next_update_at: null },
      remember: { children: too || null },
      wake: [noResume, noUpdate, closeTimer(closesAt(context.now, (model ?? deliveredModel).close_days))],
    };
  },
});

/** It is not restored after all. */
export const reopen = verb<Row, Model | undefined>({
  on: incident,
  verb: 'reopen',
  past: 'reopened',
  label: 'Reopen',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: [...agents, isRequester, isBeneficiary],
  unfit: notMerged,
  facts: modelFacts,
  decide: (record, input, model, context) => {
    const days = (model ?? deliveredModel).reopen_days;
    const since = (record.resolved_at ?? record.closed_at) as Date | null;
    if (since && context.now.getTime() > since.getTime() + days * day)
      throw new Refusal(
        'wrong_state',
        say`It was resolved more than ${days} days ago and cannot be reopened: log a new one and link it.`,
      );
    return {
      set: {
        state: record.assignee_id ? 'in_progress' : 'assigned',
        resolved_at: null,
        closed_at: null,
        reopen_count: Number(record.reopen_count) + 1,
      },
      remember: { reason: input.reason },
      wake: [closeTimer(null)],
    };
  },
});

/** The requester agrees, or the time to confirm is over. */
export const close = verb<Row>({
  on: incident,
  verb: 'close',
  past: 'closed',
  label: 'Close',
  undo: true,
  allow: [...agents, whileIn(['resolved'], isRequester), whileIn(['resolved'], isBeneficiary)],
  decide: (_record, _input, _facts, context) => ({
    set: { state: 'closed', closed_at: context.at ?? context.now },
    wake: [closeTimer(null)],
  }),
});

export const cancel = verb<Row>({
  on: incident,
  verb: 'cancel',
  past: 'cancelled',
  label: 'Cancel',
  undo: true,
  input: { reason },
  required: ['reason'],
  allow: [...agents, whileIn(['new'], isRequester), whileIn(['new'], isBeneficiary)],
  decide: (_record, input, _facts, context) => ({
    set: { state: 'cancelled', cancelled_at: context.now, ...heldNoLonger, next_update_at: null },
    remember: { reason: input.reason },
    wake: [noResume, noUpdate],
  }),
});

/** What is still to happen by itself to an incident as it stands: for those that come in with their past. */
export function wakesOf(row: Row, model: Pick<Model, 'close_days'> = deliveredModel): Wake[] {
  if (row.state === 'resolved' && row.resolved_at instanceof Date)
    return [closeTimer(closesAt(row.resolved_at, model.close_days))];
  if (row.state === 'on_hold' && row.hold_until instanceof Date) return [resumeTimer(row.hold_until)];
  return [];
}
