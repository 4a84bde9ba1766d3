import { everyoneAtWork } from '../../../../commons/people';
import { verb } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import { invalid } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { type LogFacts, logFacts } from '../facts';
import { incident } from '../incident';

/** Somebody reports an interruption. */
export const log = verb<Row, LogFacts>({
  on: incident,
  verb: 'log',
  past: 'logged',
  label: 'Log',
  creates: true,
  takes: 'writable',
  required: ['title'],
  allow: [everyoneAtWork],
  facts: logFacts,
  decide: (_record, input, facts, context) => {
    const agent = context.actor.kind !== 'person' || context.actor.handles.length > 0;
    if (!agent)
      for (const name of ['team_id', 'assignee_id'])
        if (input[name] != null) throw invalid(name, say`The team is chosen by the desk, not by the requester.`);
    if (!facts.department) throw invalid('department', say`No department takes incidents yet: name one.`);
    const team = input.team_id ?? facts.assignment?.team_id ?? facts.team_id;
    const assignee = input.assignee_id ?? facts.assignment?.assignee_id ?? null;
    const assigned = team != null || assignee != null;
    return {
      set: {
        ...input,
        requester_id: facts.requester_id,
        department: facts.department,
        organization_id: facts.organization_id,
        team_id: team,
        assignee_id: assignee,
        priority: facts.priority,
        state: assigned ? 'assigned' : 'new',
        opened_at: context.at ?? context.now,
        acknowledged_at:
          assigned && agent && context.actor.kind === 'person' && input.assignee_id === context.actor.id
            ? context.now
            : null,
        reopen_count: 0,
        reassignment_count: 0,
        major: input.major ?? false,
      },
      why: facts.assignment?.why,
    };
  },
});
