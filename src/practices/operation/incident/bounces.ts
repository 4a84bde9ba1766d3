import type { Context, FactItem } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import { type Sentence, say } from '../../../kernel/sentence.contract';
import { modelFacts } from './facts';
import { deliveredModel } from './priority.rules';

/** Who decides where an incident belongs that teams hand to and fro. */
const leads = ['team_lead', 'incident_manager', 'administrator'];

const endingOf = (count: number): string => {
  const last = [11, 12, 13].includes(count % 100) ? 0 : count % 10;
  return ['th', 'st', 'nd', 'rd'][last] ?? 'th';
};

/** The refusal of each change of team that the model leaves to a lead, by key; asks nothing where there can be none. */
export async function bouncesOf(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, Sentence>> {
  const { actor } = context;
  if (actor.kind !== 'person' || actor.roles.some((role) => leads.includes(role))) return new Map();
  const moved = items.filter(
    ({ record, input }) => input.team_id != null && record.team_id !== null && input.team_id !== record.team_id,
  );
  if (moved.length === 0) return new Map();
  const models = await modelFacts(context, moved);
  return new Map(
    moved.flatMap(({ key, record }) => {
      const limit = (models.get(key) ?? deliveredModel).bounce_limit;
      const count = Number(record.reassignment_count) + 1;
      if (limit == null || count < limit) return [];
      const sentence = say`This would be the ${count}${endingOf(count)} change of team of ${String(record.number)}: a team lead or incident manager decides where it belongs.`;
      return [[key, sentence] as const];
    }),
  );
}
