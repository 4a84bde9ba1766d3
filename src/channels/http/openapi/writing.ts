import type { House } from '../../../kernel/command';
import { creatingVerb, verbsOf } from '../../../kernel/house';
import type { RecordType } from '../../../kernel/record';
import type { Operation } from './operations';
import { type Json, object, ref } from './schemas';

const text: Json = { type: 'string' };
const instant: Json = { type: 'string', format: 'date-time' };
const whole: Json = { type: 'integer' };
const yes: Json = { type: 'boolean' };
const reference: Json = {
  oneOf: [
    { type: 'null' },
    { type: 'object', required: ['id', 'name'], properties: { id: text, number: text, name: text } },
  ],
};
const closed = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  ...object(properties, required),
  additionalProperties: false,
});
/** In the answer of what was just done it says how that is taken back. */
const undoable = (properties: Json): Json => object({ ...properties, undo: ref('Undo') }, Object.keys(properties));
const page = (items: Json, more: Json = {}): Json =>
  object({ items: { type: 'array', items }, next: { type: ['string', 'null'] }, ...more });
const steps: Json = {
  type: 'array',
  minItems: 1,
  maxItems: 10,
  items: closed({ verb: { type: 'string', minLength: 1, maxLength: 60 }, input: { type: 'object' } }, ['verb']),
};

/** Shapes of drafts, keys, presence, steps and time. */
export const writingSchemas: Json = {
  Draft: object({ place: text, content: {}, at: instant }),
  DraftPage: page(ref('Draft')),
  DraftInput: closed({ place: { type: 'string', minLength: 1, maxLength: 200 }, content: {}, at: instant }, [
    'place',
    'content',
  ]),
  Keys: closed({ keys: { type: 'object', additionalProperties: { type: 'string', maxLength: 20 } } }),
  VariablePage: page(object({ name: text, says: text })),
  FilledText: object({ text, missing: { type: 'array', items: text } }),
  PresencePage: page(
    object({
      person: object({ id: text, name: text }),
      writing: { type: ['string', 'null'], enum: ['comment', 'note', null] },
      since: instant,
    }),
  ),
  PresenceInput: closed(
    {
      seat: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,60}$', description: 'Any word for this window' },
      writing: { type: ['string', 'null'], enum: ['comment', 'note', null] },
      gone: { type: 'boolean', description: 'They look elsewhere' },
    },
    ['seat'],
  ),
  Task: undoable({
    id: text,
    title: text,
    mandatory: yes,
    done: yes,
    done_by: reference,
    done_at: { type: ['string', 'null'], format: 'date-time' },
    checklist: reference,
    author: reference,
    at: instant,
  }),
  TaskPage: page(ref('Task')),
  TaskAdded: {
    description: 'One step answers itself, a checklist the list of what it added',
    anyOf: [
      ref('Task'),
      undoable({ items: { type: 'array', items: ref('Task') }, next: { type: ['string', 'null'] } }),
    ],
  },
  TickInput: closed({ done: yes }),
  TimeEntry: undoable({
    id: text,
    minutes: whole,
    what: { type: ['string', 'null'] },
    person: reference,
    author: reference,
    at: instant,
  }),
  TimeEntryEditInput: closed(
    {
      minutes: { type: 'integer', minimum: 1, maximum: 1_440 },
      what: { type: ['string', 'null'], maxLength: 500 },
      at: { ...instant, description: 'When it was spent, not after now' },
    },
    [],
  ),
  TimeEntryPage: page(ref('TimeEntry'), { minutes: { type: 'integer', description: 'The sum of all' } }),
  StepsInput: closed({ steps, fill: yes }, ['steps']),
  StepsOrMacroInput: closed({ steps, macro: { type: 'string', minLength: 1, maxLength: 300 }, fill: yes }, []),
};

const key: Json = { $ref: '#/components/parameters/idempotency' };
const number: Json = { $ref: '#/components/parameters/number' };
type Shared = Pick<Operation, 'tag' | 'parameters' | 'problems'>;

/** Who looks at a record of this kind just now. */
export function presenceOperations(shared: Shared, base: string, name: string): Operation[] {
  const here = {
    ...shared,
    parameters: [number],
    path: `${base}/{number}/presence`,
    status: 200,
    answers: ref('PresencePage'),
  };
  return [
    {
      ...here,
      method: 'get',
      id: `list${name}Presence`,
      summary: 'Who looks at it just now, for its team',
      problems: [400, 401, 403, 404],
    },
    {
      ...here,
      method: 'post',
      id: `say${name}Presence`,
      summary: 'You look at it, and perhaps write; say so again within the minute',
      body: ref('PresenceInput'),
      problems: [400, 401, 403, 404, 413, 415, 422],
    },
  ];
}

/** Several verbs in one go. */
export function atOnceOperations(house: House, type: RecordType, base: string, name: string): Operation[] {
  const problems = [400, 401, 403, 404, 409, 412, 413, 415, 422];
  const shared = { method: 'post' as const, tag: type.labels, answers: ref(name), problems };
  const verbs = verbsOf(house, type).filter((verb) => !verb.hidden);
  const made: Operation[] = [];
  if (creatingVerb(house, type))
    made.push({
      ...shared,
      path: `${base}/at-once`,
      id: `make${name}AtOnce`,
      summary: `Make one and do verbs on it, together or not at all`,
      parameters: [key],
      body: ref('StepsInput'),
      status: 201,
    });
  if (verbs.some((verb) => !verb.creates))
    made.push({
      ...shared,
      path: `${base}/{number}/at-once`,
      id: `do${name}AtOnce`,
      summary: 'Several verbs, or a macro, together or not at all',
      parameters: [number, key, { $ref: '#/components/parameters/ifMatch' }],
      body: ref('StepsOrMacroInput'),
      status: 200,
    });
  return made;
}

/** Drafts, keys of one's own, variables of texts. */
export function writingOperations(): Operation[] {
  const drafts = 'Drafts';
  const templates = 'Text templates';
  const plain = { status: 200, parameters: [] as Json[] };
  const writing = [400, 401, 403, 409, 413, 415, 422];
  return [
    {
      ...plain,
      method: 'get',
      path: '/api/v1/drafts',
      id: 'listDrafts',
      tag: drafts,
      summary: 'What you began to write and did not send',
      answers: ref('DraftPage'),
      problems: [400, 401],
    },
    {
      ...plain,
      method: 'post',
      path: '/api/v1/drafts',
      id: 'keepDraft',
      tag: drafts,
      summary: 'Keep what you write at a place; what was written later stays',
      parameters: [key],
      body: ref('DraftInput'),
      status: 201,
      answers: ref('Draft'),
      problems: writing,
    },
    {
      ...plain,
      method: 'delete',
      path: '/api/v1/drafts/{place}',
      id: 'dropDraft',
      tag: drafts,
      summary: 'It is sent or discarded',
      parameters: [
        {
          name: 'place',
          in: 'path',
          required: true,
          description: 'The place',
          schema: { type: 'string', minLength: 1, maxLength: 200 },
        },
      ],
      status: 204,
      problems: [401, 403, 404, 409],
    },
    {
      ...plain,
      method: 'get',
      path: '/api/v1/me/keys',
      id: 'listKeys',
      tag: 'Signing in',
      summary: 'Keys you chose',
      answers: ref('Keys'),
      problems: [400, 401],
    },
    {
      ...plain,
      method: 'patch',
      path: '/api/v1/me/keys',
      id: 'keepKeys',
      tag: 'Signing in',
      summary: 'Choose your keys, all at once; two actions never share one',
      parameters: [key],
      body: ref('Keys'),
      answers: ref('Keys'),
      problems: writing,
    },
    {
      ...plain,
      method: 'get',
      path: '/api/v1/text-templates/variables',
      id: 'listVariables',
      tag: templates,
      summary: 'The variables a text may name',
      answers: ref('VariablePage'),
      problems: [400, 401],
    },
    {
      ...plain,
      method: 'post',
      path: '/api/v1/text-templates/preview',
      id: 'previewText',
      tag: templates,
      summary: 'How a text reads on a record',
      parameters: [key],
      body: closed(
        { text: { type: 'string', maxLength: 20_000 }, record: { type: 'string', minLength: 1, maxLength: 300 } },
        ['text'],
      ),
      answers: ref('FilledText'),
      problems: [400, 401, 404, 409, 413, 415, 422],
    },
  ];
}
