/** The text in a filter bar: `team:"Service desk" state:open -priority:5 card reader`, read and written. */

export interface FilterTerm {
  field: string;
  values: string[];
  not: boolean;
  op: '' | 'gte' | 'lte' | 'gt' | 'lt';
}

export interface Filter {
  terms: FilterTerm[];
  words: string;
}

const token = /(-?)([a-z_][a-z0-9_]*)(:|>=|<=|>|<)((?:"[^"]*"|[^\s",]+)(?:,(?:"[^"]*"|[^\s",]+))*)/giy;
const operators = { ':': '', '>=': 'gte', '<=': 'lte', '>': 'gt', '<': 'lt' } as const;

/** Reads the text; what is no `field:value` is searched as words. */
export function parseFilter(text: string): Filter {
  const terms: FilterTerm[] = [];
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    token.lastIndex = at;
    const found = token.exec(text);
    if (found) {
      const values = (found[4]!.match(/"[^"]*"|[^,]+/g) ?? []).map((value) => value.replace(/^"|"$/g, ''));
      terms.push({
        field: found[2]!.toLowerCase(),
        values,
        not: found[1] === '-',
        op: operators[found[3] as keyof typeof operators],
      });
      at = token.lastIndex;
      continue;
    }
    const end = text.slice(at).search(/\s/);
    words.push(end < 0 ? text.slice(at) : text.slice(at, at + end));
    at = end < 0 ? text.length : at + end;
  }
  return { terms, words: words.join(' ') };
}

/** Writes a filter as the text it was read from. */
export function writeFilter(filter: Filter): string {
  const quote = (value: string) => (/[\s,]/.test(value) ? `"${value}"` : value);
  const sign = { '': ':', gte: '>=', lte: '<=', gt: '>', lt: '<' };
  const terms = filter.terms.map(
    (term) => `${term.not ? '-' : ''}${term.field}${sign[term.op]}${term.values.map(quote).join(',')}`,
  );
  return [...terms, filter.words].filter(Boolean).join(' ');
}

/** Sets one field of a filter text; no values removes it. */
export function withTerm(text: string, field: string, values: string[]): string {
  const filter = parseFilter(text);
  const terms = filter.terms.filter((term) => term.field !== field || term.op !== '' || term.not);
  if (values.length) terms.push({ field, values, not: false, op: '' });
  return writeFilter({ ...filter, terms });
}

export interface FilterContext {
  /** Fields the record type has; a short name such as `team` finds `team_id`. */
  fields: string[];
  states: { name: string; category: string }[];
}

/** What the API is asked: parameters, and the fields it does not know. */
export function filterParams(
  filter: Filter,
  context: FilterContext,
): { params: Record<string, string>; unknown: string[] } {
  const params: Record<string, string> = {};
  const unknown: string[] = [];
  for (const term of filter.terms) {
    const field = [term.field, `${term.field}_id`, `${term.field}_at`, `x_${term.field}`].find((name) =>
      context.fields.includes(name),
    );
    if (!field) {
      unknown.push(term.field);
      continue;
    }
    const category =
      field === 'state' && !term.not && context.fields.includes('state_category') && categories[term.values.join()];
    if (category) {
      params.state_category = category;
      continue;
    }
    const values = field === 'state' ? term.values.flatMap((value) => statesOf(value, context.states)) : term.values;
    if (values.length === 1 && (values[0] === 'none' || values[0] === 'any')) {
      params[`${field}.empty`] = String((values[0] === 'none') !== term.not);
      continue;
    }
    const op = term.op || (term.not ? 'ne' : '');
    params[op ? `${field}.${op}` : field] = values.join(',');
  }
  if (filter.words) params.q = filter.words;
  return { params, unknown };
}

const categories: Record<string, string> = { open: 'open,paused', done: 'stopped,final' };

/** `open` means every state somebody still owes something in; `done` the rest; other words are states themselves. */
function statesOf(value: string, states: FilterContext['states']): string[] {
  if (value === 'open')
    return states
      .filter((state) => state.category === 'open' || state.category === 'paused')
      .map((state) => state.name);
  if (value === 'done')
    return states
      .filter((state) => state.category === 'stopped' || state.category === 'final')
      .map((state) => state.name);
  return [value];
}
