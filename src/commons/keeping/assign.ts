import { type Verb, verb } from '../../kernel/command';
import type { Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { reason } from './verbs';

/** Gives a record to a team, a person, or both, where its state stays what it is. Another team takes it from its person. */
export function assignVerb(type: RecordType, allow: Relation[]): Verb {
  return verb({
    on: type,
    verb: 'assign',
    past: 'assigned',
    label: 'Assign',
    undo: true,
    input: {
      team_id: { kind: 'reference', label: 'Team', to: 'team' },
      assignee_id: { kind: 'reference', label: 'Assignee', to: 'person' },
      reason,
    },
    oneOf: ['team_id', 'assignee_id'],
    allow,
    decide: (record, input) => {
      const team = input.team_id ?? record.team_id;
      const kept = team === record.team_id ? record.assignee_id : null;
      return {
        set: { team_id: team, assignee_id: input.assignee_id === undefined ? kept : input.assignee_id },
        // A record that has a reason of its own keeps it: this one is why it was given away.
        remember: { [type.fields.reason ? 'remark' : 'reason']: input.reason },
      };
    },
  });
}
