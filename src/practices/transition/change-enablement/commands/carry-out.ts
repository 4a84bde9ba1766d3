import { verb } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import { invalid, Refusal } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { change } from '../change';
import { outcomes } from '../change.contract';
import { agents, managers } from './plan';

const minute = (at: unknown) => (at instanceof Date ? `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '');

/** The work begins: only what is approved by somebody else, and only within its window. */
export const implement = verb({
  on: change,
  verb: 'implement',
  past: 'implemented',
  done: 'started',
  label: 'Start the work',
  undo: true,
  allow: agents,
  decide: (record, _input, _facts, context) => {
    if (!record.approved_at || !record.approved_by_id || record.approved_by_id === record.requester_id)
      throw new Refusal('wrong_state', say`No change starts before somebody other than its requester has approved it.`);
    const [from, to] = [record.planned_start as Date, record.planned_end as Date];
    if (context.now < from || context.now > to)
      throw new Refusal(
        'wrong_state',
        say`Its window is from ${minute(from)} to ${minute(to)}: work begins within it, or the window is altered and approved again.`,
      );
    return { set: { state: 'implementing', actual_start: context.now } };
  },
});

/** The work is over, well or not. An emergency is written down before it is reviewed. */
export const review = verb({
  on: change,
  verb: 'review',
  past: 'reviewed',
  done: 'finished and reviewed',
  label: 'Finish and review',
  undo: true,
  takes: ['outcome', 'actual_end'],
  required: ['outcome'],
  allow: agents,
  decide: (record, input, _facts, context) => {
    const end = (input.actual_end as Date | null | undefined) ?? context.now;
    if (end > context.now) throw invalid('actual_end', say`The work has ended in the past.`);
    if (record.actual_start instanceof Date && end < record.actual_start)
      throw invalid('actual_end', say`The work ended after it began.`);
    return {
      set: {
        ...input,
        actual_end: end,
        state: record.kind === 'emergency' ? 'documentation' : 'review',
      },
    };
  },
});

/** What was left out in the hurry: the plan as it was done and how it was tested. */
export const document = verb({
  on: change,
  verb: 'document',
  past: 'documented',
  done: 'documented',
  label: 'Write down what was done',
  undo: true,
  takes: ['implementation_plan', 'test_plan'],
  required: ['implementation_plan', 'test_plan'],
  allow: agents,
  decide: (_record, input, _facts, context) => ({
    set: { ...input, state: 'review', documented_at: context.now },
  }),
});

/** Looked back upon. What failed, was risky or was an emergency is closed with what the review found. */
export const close = verb({
  on: change,
  verb: 'close',
  past: 'closed',
  label: 'Close',
  undo: true,
  takes: ['review_note'],
  allow: managers,
  decide: (record, input, _facts, context) => {
    if (needsReview(record) && !(input.review_note ?? record.review_note))
      throw invalid(
        'review_note',
        say`Write down what the review found: it did not just go well, or the risk was high.`,
      );
    return { set: { ...input, state: 'closed', closed_at: context.now } };
  },
});

const needsReview = (record: Row) =>
  record.outcome !== outcomes[0] || record.risk_level === 'high' || record.kind === 'emergency';
