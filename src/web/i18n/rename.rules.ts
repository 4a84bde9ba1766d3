type Catalogue = Record<string, object>;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** As it was written: small where the delivered word was small. German nouns are never small. */
function asWritten(found: string, word: string, language: string): string {
  const small = found.charAt(0) === found.charAt(0).toLocaleLowerCase(language);
  return small && language !== 'de' ? word.charAt(0).toLocaleLowerCase(language) + word.slice(1) : word;
}

const article = (word: string) => (/^[aeiou]/i.test(word) ? 'an' : 'a');

/** One sentence with other nouns, each as a whole word; what stands in braces is a name and stays. */
export function renamed(text: string, nouns: readonly (readonly [string, string])[], language: string): string {
  return text
    .split(/(\{\{.*?\}\})/)
    .map((part) => (part.startsWith('{{') ? part : nouns.reduce((said, pair) => replaced(said, pair, language), part)))
    .join('');
}

function replaced(text: string, [from, to]: readonly [string, string], language: string): string {
  const noun = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:(an?)( ))?(${escaped(from)})(?![\\p{L}\\p{N}_-])`, 'giu');
  return text.replace(noun, (_all, a: string | undefined, space: string | undefined, found: string) => {
    const word = asWritten(found, to, language);
    if (!a) return word;
    const before = language === 'en' ? article(word) : a;
    return `${a.startsWith('A') ? before.charAt(0).toUpperCase() + before.slice(1) : before}${space}${word}`;
  });
}

function through(value: unknown, step: (text: string) => string): unknown {
  if (typeof value === 'string') return step(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, through(one, step)]));
}

const withWords = (part: Record<string, unknown>, mine: readonly (readonly [string, string])[]) => ({
  ...part,
  ...Object.fromEntries(mine),
});

/**
 * The catalogue with an organisation's own words: the names of kinds of record wherever a sentence has them, and the
 * words for states, verbs and roles where they stand by themselves.
 */
export function catalogueWith(
  catalogue: Catalogue,
  words: Readonly<Record<string, string>>,
  language: string,
): Catalogue {
  const delivered = catalogue.words as Record<string, Record<string, string>>;
  const own = Object.entries(words).map(([key, word]) => [...key.split('.'), word] as [string, string, string]);
  if (own.length === 0) return catalogue;
  const of = (kind: string) => own.filter(([one]) => one === kind).map(([, name, word]) => [name, word] as const);
  // Many before one: "incidents" is no "incident" with something behind it.
  const nouns = [
    ...of('plural').map((pair) => ['plural', ...pair] as const),
    ...of('type').map((pair) => ['type', ...pair] as const),
  ]
    .flatMap(([kind, name, word]) => {
      const from = delivered[kind]?.[name];
      return from ? [[from, word] as const] : [];
    })
    .sort(([a], [b]) => b.length - a.length);
  const said = Object.fromEntries(
    Object.entries(catalogue)
      .filter(([area]) => area !== 'words')
      .map(([area, part]) => [area, through(part, (text) => renamed(text, nouns, language)) as object]),
  );
  const shell = said.shell as { role?: Record<string, string> } | undefined;
  const parts = Object.fromEntries(
    ['type', 'plural', 'state', 'verb', 'past'].map((kind) => [kind, withWords(delivered[kind] ?? {}, of(kind))]),
  );
  // Roles stand in the profile and at a person, there as the delivered word is written.
  const choice = delivered.choice as unknown as { roles?: Record<string, string> } | undefined;
  const chosen = of('role').map(
    ([name, word]) => [name, asWritten(choice?.roles?.[name] ?? word, word, language)] as const,
  );
  return {
    ...said,
    ...(shell ? { shell: { ...shell, role: withWords(shell.role ?? {}, of('role')) } } : {}),
    words: {
      ...delivered,
      ...parts,
      ...(choice?.roles ? { choice: { ...choice, roles: withWords(choice.roles, chosen) } } : {}),
    },
  };
}
