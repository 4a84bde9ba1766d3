import { verb } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import type { Field } from '../../../../kernel/field';
import { newId } from '../../../../kernel/id';
import { handlesDepartment, theSystem } from '../../../../kernel/policy';
import { Refusal } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { incident } from '../incident';
import { dropping, type ProposalRow, proposalFacts, proposalKinds } from '../proposals';

const kind: Field = { kind: 'choice', label: 'What is proposed', choices: proposalKinds };

/** The product proposes something to whoever works on it; a newer proposal of the kind takes the place of an older. */
export const propose = verb<Row, ProposalRow[]>({
  on: incident,
  verb: 'propose',
  past: 'proposed',
  label: 'Propose',
  hidden: true,
  undo: true,
  input: {
    kind,
    reason: { kind: 'text', label: 'Reason', max: 1000 },
    related: { kind: 'references', label: 'Reports like it', to: 'incident' },
  },
  required: ['kind', 'reason'],
  allow: [theSystem],
  facts: proposalFacts,
  decide: (_record, input, known, context) => {
    const related = (input.related as string[] | null | undefined) ?? [];
    return {
      internal: true,
      remember: { proposal: input.reason },
      children: [
        ...dropping(known, String(input.kind)),
        {
          table: 'incident_proposal',
          insert: { id: newId(context.now), kind: input.kind, reason: input.reason, related, at: context.now },
        },
      ],
    };
  },
});

/** Somebody who works on it says no to what was proposed. */
export const dismiss = verb<Row, ProposalRow[]>({
  on: incident,
  verb: 'dismiss',
  past: 'dismissed',
  done: 'relieved of its proposal',
  label: 'Dismiss the proposal',
  input: { kind },
  required: ['kind'],
  allow: [handlesDepartment, theSystem],
  facts: proposalFacts,
  decide: (_record, input, known) => {
    const children = dropping(known, String(input.kind));
    if (children.length === 0) throw new Refusal('wrong_state', say`Nothing of this kind is proposed here.`);
    return { internal: true, remember: { dismissed: input.kind }, children };
  },
});
