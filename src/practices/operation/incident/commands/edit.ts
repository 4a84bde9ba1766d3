import { verb } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import { handlesDepartment, theSystem } from '../../../../kernel/policy';
import { invalid } from '../../../../kernel/refusal';
import { modelFacts } from '../facts';
import { incident } from '../incident';
import { deliveredModel, type Model, priorityOf } from '../priority.rules';

/** Plain fields. Priority follows impact and urgency; it is never set by hand. */
export const edit = verb<Row, Model | undefined>({
  on: incident,
  verb: 'edit',
  past: 'edited',
  label: 'Edit',
  takes: 'writable',
  allow: [handlesDepartment, theSystem],
  // The model of where it will belong.
  facts: (context, items) =>
    modelFacts(
      context,
      items.map((item) => ({ ...item, record: { ...item.record, ...item.input } })),
    ),
  decide: (record, input, model) => {
    if (input.parent_id === record.id) throw invalid('parent_id', 'An incident cannot be its own parent.');
    if (input.department === null) throw invalid('department', 'Some department must take care of it.');
    const impact = Number(input.impact ?? record.impact);
    const urgency = Number(input.urgency ?? record.urgency);
    const scored = ['impact', 'urgency', 'department', 'organization_id'].some((name) => input[name] !== undefined);
    const priority = priorityOf((model ?? deliveredModel).matrix, impact, urgency);
    return { set: { ...input, ...(scored ? { priority } : {}) } };
  },
});
