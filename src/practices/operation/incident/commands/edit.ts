import { type Context, type FactItem, verb } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import { handlesDepartment, theSystem } from '../../../../kernel/policy';
import { invalid } from '../../../../kernel/refusal';
import { say } from '../../../../kernel/sentence.contract';
import { modelFacts } from '../facts';
import { incident } from '../incident';
import { circlesOf } from '../parents';
import { deliveredModel, type Model, priorityOf } from '../priority.rules';

interface Around {
  readonly model: Model | undefined;
  /** Would the new parent be one of its own descendants? */
  readonly circular: boolean;
}

async function around(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Around>> {
  // The model of where it will belong.
  const models = await modelFacts(
    context,
    items.map((item) => ({ ...item, record: { ...item.record, ...item.input } })),
  );
  const circles = await circlesOf(context, items);
  return new Map(items.map(({ key }) => [key, { model: models.get(key), circular: circles.has(key) }]));
}

/** Plain fields. Priority follows impact and urgency; it is never set by hand. */
export const edit = verb<Row, Around>({
  on: incident,
  verb: 'edit',
  past: 'edited',
  label: 'Edit',
  // Its parent of before may be one of its parts by now.
  undo: async (context, items) =>
    new Map([...(await circlesOf(context, items))].map((key) => [key, say`It would be an ancestor of itself by now.`])),
  takes: 'writable',
  allow: [handlesDepartment, theSystem],
  facts: around,
  decide: (record, input, { model, circular }) => {
    if (input.parent_id === record.id) throw invalid('parent_id', say`An incident cannot be its own parent.`);
    if (circular) throw invalid('parent_id', say`${String(record.number)} would be an ancestor of itself.`);
    if (input.department === null) throw invalid('department', say`Some department must take care of it.`);
    const impact = Number(input.impact ?? record.impact);
    const urgency = Number(input.urgency ?? record.urgency);
    const scored = ['impact', 'urgency', 'department', 'organization_id'].some((name) => input[name] !== undefined);
    const priority = priorityOf((model ?? deliveredModel).matrix, impact, urgency);
    return { set: { ...input, ...(scored ? { priority } : {}) } };
  },
});
