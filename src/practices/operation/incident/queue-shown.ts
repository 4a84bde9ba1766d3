import { show } from '../../../commons/reading';
import type { Context } from '../../../kernel/command';
import type { Row } from '../../../kernel/database';
import type { Placed } from './queue-place';
import { partWords, placeWords, type QueueLanguage } from './queue-words.rules';

/** A place as the outside sees it: the base, each part, and the whole in one sentence of the reader's language. */
export interface ShownPlace {
  readonly queue_at: Date;
  readonly sentence: string;
  readonly order: {
    readonly id: string;
    readonly number: string;
    readonly name: string;
    readonly version: number;
  } | null;
  readonly base: { readonly kind: string; readonly at: Date };
  readonly parts: readonly { readonly kind: string; readonly minutes: number; readonly words: string }[];
}

export const languageOf = (context: Context, asked?: string): QueueLanguage =>
  (asked ?? context.actor.language) === 'de' ? 'de' : 'en';

/** Places for this caller: goals and orders they may not see are not named. */
export async function shownPlaces(
  context: Context,
  placed: readonly Placed[],
  language: QueueLanguage,
): Promise<(ShownPlace | null)[]> {
  const ids = placed.flatMap(({ queued, place }) => [queued.goal?.id, place?.order.id]);
  const names = await show(
    context,
    ids.filter((id) => typeof id === 'string'),
  );
  const as = { now: context.now.getTime(), zone: context.actor.time_zone, language };
  return placed.map(({ queued, place }) => {
    if (!place) return null;
    const said = queued.goal && {
      ...queued,
      goal: { ...queued.goal, name: names.get(queued.goal.id)?.name ?? '' },
    };
    const told = said ?? queued;
    const { order } = place;
    const known = order.id === null ? undefined : names.get(order.id);
    return {
      queue_at: new Date(place.queue_at),
      sentence: placeWords(place, told, as),
      order: known ? { id: known.id, number: known.number, name: known.name, version: order.version } : null,
      base: { kind: place.base.kind, at: new Date(place.base.at) },
      parts: place.parts.map((part) => ({ ...part, words: partWords(part, told, language) })),
    };
  });
}

export const namedRow = (row: Row): { id: string; number: string; name: string } => ({
  id: String(row.id),
  number: String(row.number),
  name: String(row.title),
});
