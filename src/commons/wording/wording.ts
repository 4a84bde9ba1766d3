import { z } from 'zod';
import type { Context, House, Verb } from '../../kernel/command';
import { rows, sql } from '../../kernel/database';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say, wrong } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { checkWall, departmentField, keepingVerbs, nameField } from '../keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../people';
import { roles } from '../people/roles';

/** What can be called otherwise: kinds of record, one and many; states; verbs and what they did; roles. */
export const wordKinds = ['type', 'plural', 'state', 'verb', 'past', 'role'] as const;

const word = z
  .string(wrong`A word is a text.`)
  .trim()
  .max(60, wrong`A word has at most 60 characters.`)
  .refine(
    (text) => text.isWellFormed() && !/[\p{Cc}{}<>]/u.test(text),
    wrong`This word has a character that cannot be shown.`,
  );

/** What is emptied goes: the delivered word is back. */
const wordList = z
  .record(z.string().max(80), word, wrong`Words are an object: what is meant, and its word.`)
  .refine((words) => Object.keys(words).length <= 500, wrong`At most 500 words are possible.`)
  .transform((words) => Object.fromEntries(Object.entries(words).filter(([, text]) => text !== '')));

/** Words of an organisation, or of one of its departments, in one language. Names in the interface never change. */
export const vocabulary: RecordType = record({
  type: 'vocabulary',
  plural: 'vocabularies',
  prefix: 'WORDS',
  table: 'vocabulary',
  label: 'Vocabulary',
  labels: 'Words',
  life: plainLife,
  sees: [staffOutsideWalls],
  team: [staff],
  fields: {
    name: { ...nameField, writable: false },
    language: { kind: 'choice', label: 'Language', choices: ['en', 'de'], required: true, writable: 'creation' },
    department: { ...departmentField, writable: 'creation', help: 'None: everywhere.' },
    words: { kind: 'json', label: 'Words', shape: wordList, required: true },
  },
});

const languages: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch' };

function known(house: House): Record<string, ReadonlySet<string>> {
  const types = [...house.types.values()];
  const verbs = [...house.verbs.values()];
  const kinds = new Set(types.map(({ type }) => type));
  return {
    type: kinds,
    plural: kinds,
    state: new Set(types.flatMap(({ life }) => Object.keys(life.states))),
    verb: new Set(verbs.map((one) => one.verb)),
    past: new Set(verbs.map((one) => one.past)),
    role: new Set(roles),
  };
}

export function vocabularyVerbs(house: () => House): Verb[] {
  return keepingVerbs(vocabulary, { make: [administrator] }, (before, input, context) => {
    checkWall(before, input, context);
    if (before.language === undefined) input.name = languages[String(input.language)];
    const names = known(house().whole);
    for (const key of Object.keys((input.words as Record<string, string> | undefined) ?? {})) {
      const [kind = '', name = ''] = key.split('.', 2);
      if (!Object.hasOwn(names, kind) || !names[kind]!.has(name) || key !== `${kind}.${name}`)
        throw invalid('words', say`There is nothing called ${key} that could have another word.`);
    }
  });
}

interface Kept {
  department: string | null;
  words: Record<string, string>;
}

/**
 * The words this caller reads: those of the organisation, and beside them those of each department that is not walled
 * off. Where two rows have a word for one thing, the later row holds.
 */
export async function wordsFor(context: Context, language: string) {
  const found = await rows<Kept>(
    context.db,
    sql`select r.department, v.words from vocabulary v join record r on r.id = v.id
        where v.language = ${language} and r.state = 'active' order by r.serial`,
  );
  const departments: Record<string, Record<string, string>> = {};
  let words: Record<string, string> = {};
  for (const { department, words: mine } of found)
    if (department === null) words = { ...words, ...mine };
    else if (!context.actor.walledOff.includes(department))
      departments[department] = { ...departments[department], ...mine };
  return { language, words, departments };
}
