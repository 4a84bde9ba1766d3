/** What is looked at to tell whether two reports are of the same. */
export interface Report {
  readonly id: string;
  readonly title: string;
  readonly service_id: string | null;
  readonly configuration_item_id: string | null;
}

export type Likeness = 'component' | 'service' | 'text';

/** Words that say nothing of what is wrong. */
const empty = new Set(
  'the and for not with from does doesn work works working again since cannot can you your our are has have was mit der die das und ist nicht ein eine geht kein keine von'.split(
    ' ',
  ),
);

/** The words of a title, folded, each once: those of three letters and more that say something. */
export function wordsOf(title: string): Set<string> {
  const folded = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return new Set((folded.match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !empty.has(word)));
}

const kept = new Map<string, Set<string>>();

/** The words of a title, worked out once: a report is compared with many. */
function knownWords(title: string): Set<string> {
  const known = kept.get(title);
  if (known) return known;
  if (kept.size > 2_000) kept.clear();
  const found = wordsOf(title);
  kept.set(title, found);
  return found;
}

/** At least so large a share of the words of two titles is common to both. */
const leastShare = 0.4;

/**
 * Why two reports look like one: the same component, the same service, or titles that share two words and two fifths of
 * all they have. Null when they do not.
 */
export function likeness(one: Report, other: Report): Likeness | null {
  if (one.configuration_item_id !== null && one.configuration_item_id === other.configuration_item_id)
    return 'component';
  if (one.service_id !== null && one.service_id === other.service_id) return 'service';
  const [a, b] = [knownWords(one.title), knownWords(other.title)];
  const common = [...a].filter((word) => b.has(word)).length;
  return common >= 2 && common / (a.size + b.size - common) >= leastShare ? 'text' : null;
}
