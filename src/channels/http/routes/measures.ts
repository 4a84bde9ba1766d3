import type { FastifyInstance } from 'fastify';
import { isDay } from '../../../commons/reading';
import { lookUp } from '../../../kernel/references';
import { malformed, Refusal } from '../../../kernel/refusal';
import { amount, listed, say } from '../../../kernel/sentence.contract';
import { targetNames } from '../../../practices/design/service-level';
import { type Grouping, groupingsInUse, type MeasureName, measure, measureNames } from '../../../views/measures';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readQuery } from '../query';

const dimensions = {
  department: 'department',
  organization_id: 'organization',
  team_id: 'team',
  service_id: 'service',
} as const;
const dimensionsInUse = (off: ReadonlySet<string>): string[] =>
  Object.entries(dimensions).flatMap(([name, type]) => (off.has(type) ? [] : [name]));
/** An answer has an item for each period: so many days at most, ten years and a hundred. */
const mostDays: Partial<Record<Grouping, number>> = { day: 3_660, month: 36_600 };
const standardGrouping: Partial<Record<MeasureName, Grouping>> = { dwell: 'state' };

export function measureRoutes(server: FastifyInstance, app: App): void {
  server.get<{ Params: { measure: string } }>('/api/v1/measures/:measure', async (request) => {
    const name = request.params.measure as MeasureName;
    if (!measureNames.includes(name) || (name === 'promises' && app.house.off.has('agreement')))
      throw new Refusal('absent', say`There is no measure ${name}.`);
    const context = contextOf(app, request);
    const query = readQuery(request);
    knows(query, 'type', 'from', 'to', 'by', 'priority', 'target', ...dimensionsInUse(app.house.off));
    const by = (query.by ?? standardGrouping[name] ?? 'month') as Grouping;
    const groups = groupingsInUse(app.house.off);
    if (!groups.includes(by)) throw malformed('by', say`by is one of ${groups.join(', ')}.`);
    if (by === 'target' && name !== 'promises') throw malformed('by', say`${name} is not counted by target.`);
    const targets = query.target?.split(',').filter(Boolean);
    if (targets && name !== 'promises') throw malformed('target', say`${name} is not asked for by target.`);
    for (const one of targets ?? [])
      if (!(targetNames as readonly string[]).includes(one))
        throw malformed('target', say`target is one of ${listed(targetNames)}.`);
    const type = app.house.types.get(query.type ?? 'incident') ?? app.house.plurals.get(query.type ?? '');
    if (!type) throw malformed('type', say`There is no record type ${query.type ?? ''}.`);
    for (const key of ['from', 'to'])
      if (query[key] !== undefined && !isDay(query[key]))
        throw malformed(key, say`${key} is a date such as 2026-03-01.`);
    const [from, to] = [query.from, query.to].map((day) => (day ? Date.parse(day) : context.now.getTime()));
    const days = mostDays[by];
    if (days !== undefined && to! - from! > days * 86_400_000)
      throw malformed(query.from ? 'from' : 'to', say`By ${by} at most ${amount(days)} days are possible.`);
    const only: Record<string, string[]> = {};
    const asks = Object.entries(dimensions).flatMap(([field, to]) =>
      (query[field]?.split(',') ?? []).map((text) => ({ field, ask: { to: [to], text } })),
    );
    const found =
      asks.length > 0
        ? await lookUp(
            context,
            asks.map(({ ask }) => ask),
          )
        : undefined;
    for (const { field, ask } of asks) {
      const id = found!(ask);
      only[field] = [...(only[field] ?? []), ...(id && id !== 'several' ? [id] : [])];
    }
    if (query.priority !== undefined) {
      if (!/^[1-5](,[1-5])*$/.test(query.priority)) throw malformed('priority', say`priority is 1 to 5.`);
      only.priority = query.priority.split(',');
    }
    return {
      items: await measure(context, name, {
        type: type.type,
        plural: type.plural,
        from: query.from,
        to: query.to,
        by,
        ...(targets ? { targets } : {}),
        only,
      }),
    };
  });
}
