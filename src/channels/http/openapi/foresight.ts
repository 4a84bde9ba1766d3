import { takesBack } from '../../../commons/taking-back';
import type { House } from '../../../kernel/command';
import { creatingVerb } from '../../../kernel/house';
import type { RecordType } from '../../../kernel/record';
import type { Operation } from './operations';
import { type Json, ref } from './schemas';
import { takeBackOperation } from './take-back';

const text: Json = { type: 'string' };
const input: Json = { type: 'object', description: 'As the verb takes it' };
const closed = (properties: Json, required: string[]): Json => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const number: Json = { $ref: '#/components/parameters/number' };
const key: Json = { $ref: '#/components/parameters/idempotency' };
const effects = 'Everything is done, answered and taken back again: nothing is kept and nobody is told.';

export const foresightSchemas: Json = {
  Preview: {
    type: 'object',
    required: ['number', 'verb', 'changes', 'effects', 'led_to', 'mails'],
    properties: {
      number: { type: ['string', 'null'] },
      verb: text,
      changes: {
        type: 'array',
        items: {
          type: 'object',
          required: ['field', 'before', 'after', 'secret'],
          properties: {
            field: text,
            before: {},
            after: {},
            secret: { type: 'boolean', description: 'Its values are not told' },
          },
        },
      },
      effects: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code', 'count', 'exact', 'values', 'sentence'],
          properties: {
            code: text,
            count: { type: 'integer' },
            exact: { type: 'boolean', description: 'False where there are more than were counted' },
            values: { type: 'object', additionalProperties: text },
            sentence: text,
          },
        },
      },
      led_to: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name', 'count'],
          properties: { name: text, count: { type: 'integer' } },
        },
      },
      mails: { type: 'integer', description: 'How many mails would go out' },
    },
  },
  MyWords: {
    type: 'object',
    required: ['language', 'words', 'departments'],
    properties: {
      language: text,
      words: { type: 'object', additionalProperties: text },
      departments: {
        type: 'object',
        description: 'By the id of the department',
        additionalProperties: { type: 'object', additionalProperties: text },
      },
    },
  },
};

/** Looking ahead and going back: what an act on a record of this kind leads to, undoing it, an earlier version. */
export function foresightOperations(
  house: House,
  type: RecordType,
  base: string,
  name: string,
  one: Pick<Operation, 'tag' | 'parameters' | 'problems'>,
): Operation[] {
  const what = type.label.toLowerCase();
  const preview = (path: string, id: string, summary: string, body: Json, parameters: Json[]): Operation => ({
    ...one,
    method: 'post',
    path: `${base}${path}`,
    id,
    summary,
    description: effects,
    parameters,
    body,
    status: 200,
    answers: ref('Preview'),
    problems: [400, 401, 403, 404, 409, 413, 415, 422],
  });
  const found: Operation[] = [
    preview(
      '/{number}/preview',
      `preview${name}`,
      `What a verb on a ${what} would change and lead to`,
      closed({ verb: { type: 'string', minLength: 1, maxLength: 60 }, input }, ['verb']),
      [number, key],
    ),
  ];
  if (takesBack(house, type)) found.push(takeBackOperation(type, base, name, one));
  // Text templates have a preview of their own at this address: how a text reads.
  if (creatingVerb(house, type) && type.type !== 'text_template')
    found.push(
      preview('/preview', `previewNew${name}`, `What making a ${what} would lead to`, closed({ input }, []), [key]),
    );
  if (house.verbs.has(`${type.type}.edit`))
    found.push({
      ...one,
      method: 'post',
      path: `${base}/{number}/back`,
      id: `back${name}`,
      summary: `Make a ${what} what it was after one of its lines`,
      description:
        'An edit with the fields of then, refused as an edit is refused. 409 when nothing would change or what it was is no longer kept.',
      parameters: [number, { $ref: '#/components/parameters/ifMatch' }, key],
      body: closed(
        { line: { type: 'string', minLength: 1, maxLength: 100 }, reason: { type: 'string', maxLength: 4_000 } },
        ['line'],
      ),
      status: 200,
      answers: ref(name),
      problems: [400, 401, 403, 404, 409, 412, 413, 415, 422],
    });
  return found;
}
