import { candidatesLike, shared, tellingWords } from '../../commons/search';
import type { Context } from '../../kernel/command';
import { type Row, rows, sql } from '../../kernel/database';
import { whereAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { type Brief, brief, type Place, type Why } from './parts';

interface Found extends Brief {
  readonly state_category: string;
  readonly category: string | null;
  readonly service_id: string | null;
  readonly configuration_item_id: string | null;
  readonly opened_at: Date;
  readonly resolved_at: Date | null;
  readonly resolution_code: string | null;
  readonly resolution_note: string | null;
}

/** How much each likeness says. Below `least` something is not called similar. */
const weights = { words: 1, component: 0.45, service: 0.1, category: 0.15 } as const;
const least = 0.34;
const most = 5;

/** Incidents like this one, open and solved: by the words of the title and by the component, each with the reason. */
export async function similarTo(context: Context, type: RecordType, record: Row, place: Place) {
  const title = String(record.title);
  const ids = await candidatesLike(context, type, title, String(record.id));
  const found = await rows<Found>(
    context.db,
    sql`select ${brief}, r.state_category, i.category, i.service_id, i.configuration_item_id, r.opened_at, i.resolved_at,
          i.resolution_code, i.resolution_note
        from record r join incident i on i.id = r.id
        where r.id in (select unnest(${ids}::uuid[]) ${
          place.component
            ? sql`union all (select c.id from incident c where c.configuration_item_id = ${place.component}::uuid
                order by c.id desc limit 60)`
            : sql``
        }) and r.id <> ${record.id}::uuid and r.state <> 'cancelled'
          and i.resolution_code is distinct from 'duplicate' and ${whereAny(type.sees, context.actor)}`,
  );
  const judged = found
    .map((one) => {
      const same = [
        ...(place.component && one.configuration_item_id === place.component ? (['component'] as const) : []),
        ...(place.service && one.service_id === place.service ? (['service'] as const) : []),
        ...(record.category && one.category === record.category ? (['category'] as const) : []),
      ];
      const { words, share } = shared(title, one.name);
      return { one, words, same, score: weights.words * share + same.reduce((sum, name) => sum + weights[name], 0) };
    })
    .filter(({ words, same, score }) => score >= least && (words.length > 0 || same.includes('component')))
    .sort(
      (a, b) =>
        Math.round((b.score - a.score) * 20) ||
        b.one.opened_at.getTime() - a.one.opened_at.getTime() ||
        (a.one.id < b.one.id ? 1 : -1),
    );
  const shown = ({ one, words, same, score }: (typeof judged)[number]) => {
    const { state_category: _c, service_id: _s, configuration_item_id: _i, category: _k, ...rest } = one;
    return { ...rest, why: { words, same, score: Math.round(score * 100) / 100 } };
  };
  const isOpen = ({ one }: (typeof judged)[number]) => ['open', 'paused'].includes(one.state_category);
  return {
    open: judged.filter(isOpen).slice(0, most).map(shown),
    solved: judged
      .filter((each) => !isOpen(each))
      .slice(0, most)
      .map(shown),
    why: {
      rule: 'similar',
      inputs: { words: tellingWords(title), component: place.component !== null, category: record.category ?? null },
      alternatives: { compared: found.length, kept: judged.length, least },
    } satisfies Why,
  };
}

/** The agreement that holds for an incident, with its promises as they stand. */
export async function promiseOf(context: Context, record: Row) {
  const agreement = context.house.types.get('agreement');
  if (!agreement) return null;
  const found = await rows<{
    id: string;
    number: string;
    name: string;
    target: string;
    state: string;
    target_s: number | null;
    due_at: Date | null;
    breached: boolean;
  }>(
    context.db,
    sql`select distinct on (c.target) r.id, r.number, r.title as name, c.target, c.state, c.target_s, c.due_at, c.breached
        from clock c join record r on r.id = c.agreement_id
        where c.record_id = ${record.id}::uuid and ${whereAny(agreement.sees, context.actor)}
        order by c.target, c.cycle desc`,
  );
  const [first] = found;
  if (!first) return null;
  const targets = found.map(({ target, state, target_s, due_at, breached }) => ({
    target,
    state,
    target_s,
    due_at,
    breached: breached || (due_at !== null && due_at < context.now),
  }));
  return { agreement: { id: first.id, number: first.number, name: first.name }, targets };
}
