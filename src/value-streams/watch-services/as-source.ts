import { automatic } from '../../kernel/actor';
import type { Context } from '../../kernel/command';
import { perform, type Result } from '../../kernel/perform';
import { type Sentence, say } from '../../kernel/sentence.contract';
import type { KnownAlert, Notice, Source } from '../../practices/operation/monitoring-and-event';

/** One alert of a parcel, and what is to be done with it. */
export interface Told {
  readonly notice: Notice;
  readonly key: string;
  readonly known: KnownAlert | undefined;
  readonly service_id: string | null;
  readonly configuration_item_id: string | null;
  /** Set once it is written. */
  id?: string;
}

/** A group with what has become of its alerts. */
export interface Group {
  readonly source: Source;
  readonly digest: string;
  readonly department: string;
  /** Alerts that began to fire, for the first time or again. */
  readonly fired: Told[];
  readonly recovered: Told[];
}

/** As the source that told of it, with its rule. */
export function under(context: Context, source: Source, rule: Sentence): Context {
  return {
    ...context,
    actor: automatic('rule', source.name),
    why: { rule: String(say`${source.number}, ${source.name}: ${rule}`), source_id: source.id },
  };
}

/** Performs a verb on many; a refusal is a fault of ours, for all of it was made here. */
export async function act(
  context: Context,
  verb: string,
  items: readonly { id?: string; input?: unknown }[],
): Promise<Result[]> {
  const known = context.house.verbs.get(verb);
  // What is switched off does not follow.
  if (items.length === 0 || !known) return [];
  const results = await perform(
    context,
    known,
    items.map(({ id, input }) => ({ id, input })),
  );
  for (const result of results) if (!result.ok && result.refusal.code === 'invalid') throw result.refusal;
  return results;
}

export const idOf = (result: Result | undefined): string | undefined =>
  result?.ok ? String(result.record.id) : undefined;
