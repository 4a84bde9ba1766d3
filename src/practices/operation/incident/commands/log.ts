import { verb } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import { everyone } from '../../../../kernel/policy';
import { invalid } from '../../../../kernel/refusal';
import { dateOf, type LogFacts, logFacts } from '../facts';
import { incident } from '../incident';
import { deliveredModel, modelFor, priorityOf } from '../priority.rules';

/** Somebody reports an interruption. */
export const log = verb<Row, LogFacts>({
  on: incident,
  verb: 'log',
  past: 'logged',
  label: 'Log',
  creates: true,
  takes: 'writable',
  required: ['title'],
  allow: [everyone],
  facts: logFacts,
  decide: (_record, input, facts, context) => {
    const known = (name: string) => facts.known.get(String(input[name] ?? ''));
    const agent = context.actor.kind !== 'person' || context.actor.handles.length > 0;
    if (!agent)
      for (const name of ['team_id', 'assignee_id'])
        if (input[name] != null) throw invalid(name, 'The team is chosen by the desk, not by the requester.');
    const requester = input.requester_id ?? context.actor.id;
    const department =
      input.department ??
      known('service_id')?.department ??
      known('team_id')?.department ??
      context.actor.handles[0] ??
      facts.desk;
    if (!department) throw invalid('department', 'No department takes incidents yet: name one.');
    const organization = input.organization_id ?? facts.known.get(String(requester))?.organization_id ?? null;
    const assigneeTeams = known('assignee_id')?.teams ?? [];
    const team = input.team_id ?? (assigneeTeams.length === 1 ? assigneeTeams[0] : null);
    const model =
      modelFor(facts.models, { department, organization_id: organization }, dateOf(context.now)) ?? deliveredModel;
    const assigned = team != null || input.assignee_id != null;
    return {
      set: {
        ...input,
        requester_id: requester,
        department,
        organization_id: organization,
        team_id: team,
        priority: priorityOf(model.matrix, Number(input.impact), Number(input.urgency)),
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
    };
  },
});
