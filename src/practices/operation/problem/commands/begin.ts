import { agentRoles } from '../../../../commons/people';
import { type Context, type FactItem, verb } from '../../../../kernel/command';
import { type Row, rows, sql } from '../../../../kernel/database';
import { both, handlesDepartment, role, theSystem } from '../../../../kernel/policy';
import { invalid, Refusal } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { problem } from '../problem';

export const agents = [handlesDepartment];
/** Who answers for the practice: decides what is looked into and when it is over. */
export const managers = [both(role('problem_manager'), handlesDepartment)];

/** The department the caller works in, where they work in one alone. */
async function ownDepartment(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, string | null>> {
  const { handles, id } = context.actor;
  const asked = items.some(({ input }) => input.department == null);
  const of = asked && handles.length === 0 && id ? await deskOf(context) : null;
  const department = handles.length === 1 ? handles[0]! : of;
  return new Map(items.map(({ key }) => [key, department]));
}

async function deskOf(context: Context): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    context.db,
    sql`select d.id from department d join record r on r.id = d.id where d.desk and r.state = 'active' order by r.serial limit 1`,
  );
  return found?.id ?? null;
}

/** Somebody suspects a cause. */
export const log = verb<Row, string | null>({
  on: problem,
  verb: 'log',
  past: 'logged',
  label: 'Log',
  creates: true,
  takes: 'writable',
  required: ['title'],
  // Which department it is may still be found out; `decide` looks at it.
  allow: [role(...agentRoles), theSystem],
  facts: ownDepartment,
  decide: (_record, input, own, context) => {
    const department = input.department ?? own;
    if (!department) throw invalid('department', say`Name the department that takes care of it.`);
    if (!context.actor.handles.includes(String(department)) && context.actor.kind === 'person')
      throw new Refusal('forbidden', say`You do not do the work of this department.`);
    return {
      set: {
        ...input,
        department,
        state: 'new',
        opened_at: context.at ?? context.now,
        known_error: false,
        reopen_count: 0,
      },
    };
  },
});

/** What is known by its number alone is taken over as work of our own. */
export const adopt = verb({
  on: problem,
  verb: 'adopt',
  past: 'adopted',
  done: 'taken over',
  label: 'Take over',
  undo: true,
  allow: agents,
  decide: () => ({ set: { state: 'new' } }),
});

/** It is accepted for investigation: how urgent, who leads it, what it concerns, where it is known from. */
export const assess = verb({
  on: problem,
  verb: 'assess',
  past: 'assessed',
  label: 'Assess',
  undo: true,
  takes: ['priority', 'assignee_id', 'service_id', 'configuration_item_ids', 'origin'],
  allow: managers,
  decide: (record, input, _facts, context) => {
    const after = { ...record, ...input };
    if (after.priority == null) throw invalid('priority', say`Say how urgent it is: 1 is the highest.`);
    if (after.assignee_id == null) throw invalid('assignee_id', say`Say who leads the investigation.`);
    if (after.service_id == null && ((after.configuration_item_ids as unknown[] | null) ?? []).length === 0)
      throw invalid('service_id', say`Name the service or the components it concerns.`);
    if (after.origin == null)
      throw invalid('origin', say`Say where it is known from: incidents, a trend, a risk, a supplier.`);
    return { set: { ...input, state: 'assessed', assessed_at: context.now } };
  },
});

/** The analysis begins, by a method that is named. */
export const investigate = verb({
  on: problem,
  verb: 'investigate',
  past: 'investigated',
  label: 'Investigate',
  undo: true,
  takes: ['analysis_method'],
  required: ['analysis_method'],
  allow: agents,
  decide: (_record, input, _facts, context) => ({
    set: { ...input, state: 'investigating', investigation_started_at: context.now },
  }),
});

export const edit = verb({
  on: problem,
  verb: 'edit',
  past: 'edited',
  label: 'Edit',
  undo: true,
  takes: 'writable',
  allow: agents,
  decide: (record, input, _facts, context) => {
    if (input.department === null) throw invalid('department', say`Some department must take care of it.`);
    if (record.known_error === true && known({ ...record, ...input }) === null)
      throw invalid('workaround', say`A known error keeps its cause or its workaround.`);
    return { set: { ...input, ...causeKnown(record, input, context) } };
  },
});

const said = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : null);
/** The cause or the workaround, as far as one of them is known. */
export const known = (row: Row) => said(row.root_cause) ?? said(row.workaround);

/** The instant from which the cause is known. */
export function causeKnown(record: Row, input: Row, context: Context): Row {
  if (said(input.root_cause) && record.root_cause_at == null) return { root_cause_at: context.now };
  return input.root_cause === null ? { root_cause_at: null } : {};
}
