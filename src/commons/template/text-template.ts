import type { House, Verb } from '../../kernel/command';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { keepingVerbs } from '../keeping/verbs';
import { staff } from '../people';
import { changesShared, checkSharing, forgetVerb, makesShared, seesShared, sharedFields, sharedLife } from '../sharing';
import { unknownVariables, variables } from './variables.rules';

/** A text that is written again and again, with variables. */
export const textTemplate: RecordType = record({
  type: 'text_template',
  plural: 'text-templates',
  prefix: 'TEXT',
  table: 'text_template',
  label: 'Text template',
  labels: 'Text templates',
  life: sharedLife,
  sees: seesShared,
  team: [staff],
  standardSort: 'rank,name',
  fields: {
    ...sharedFields,
    mode: {
      kind: 'choice',
      label: 'Offered for',
      choices: ['both', 'comment', 'note'],
      standard: 'both',
      required: true,
    },
    text: {
      kind: 'markdown',
      label: 'Text',
      required: true,
      max: 20_000,
      help: 'Variables: {{requester.first_name}}, {{number}}, {{service}}, {{me.first_name}} and others.',
    },
  },
});

/** Keys of the organisation's own fields, of every kind of record. */
function ownKeys(house: House): ReadonlySet<string> {
  return new Set(
    [...house.types.values()].flatMap((type) =>
      Object.keys(house.fieldsOf(type)).filter((name) => name.startsWith('x_')),
    ),
  );
}

/** Refuses a text with a variable that means nothing; `field` is where it stands. */
export function checkVariables(house: House, field: string, text: string): void {
  const [unknown] = unknownVariables(text, ownKeys(house));
  if (unknown !== undefined)
    throw invalid(field, say`There is no variable {{${unknown}}}. Known are ${Object.keys(variables).join(', ')}.`);
}

export function textTemplateVerbs(house: () => House): Verb[] {
  return [
    ...keepingVerbs(textTemplate, { make: makesShared, change: changesShared }, (before, input, context) => {
      if (typeof input.text === 'string') checkVariables(house(), 'text', input.text);
      checkSharing(before, input, context);
    }),
    forgetVerb(textTemplate, { text: '-' }),
  ];
}
