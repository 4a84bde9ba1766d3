import type { House, Verb } from '../../../kernel/command';
import { creatingVerb } from '../../../kernel/house';
import type { RecordType } from '../../../kernel/record';
import { hangings, removals } from './hangings';
import type { Operation } from './operations';
import { childParameter, keyParameter, numberParameter } from './parameters';
import { inputSchemaOf, type Json, ref, schemaName } from './schemas';

/** An answer without a body says in its head how it is taken back. */
const undoHeaders = {
  'Undo-Line': { description: 'The line to take back', schema: { type: 'string', format: 'uuid' } },
  'Undo-Until': { description: 'Until when', schema: { type: 'string', format: 'date-time' } },
};

/** Where a verb hangs something on a record or takes it away: as a child, as a program that knows children has it. */
function ownOperations(type: RecordType, verb: Verb, input: { name: string; schema: Json }): Operation[] {
  const name = schemaName(type.type);
  const base = `/api/v1/${type.plural}`;
  const shared = { tag: type.labels, input, body: ref(input.name) };
  const hanging = hangings[verb.verb];
  if (hanging)
    return [
      {
        ...shared,
        method: 'post',
        path: `${base}/{number}/${hanging.path}`,
        id: `${verb.verb}${name}`,
        summary: verb.label,
        parameters: [numberParameter, keyParameter],
        bodyMedia: hanging.media,
        status: 201,
        answers: ref(hanging.schema),
        problems: [400, 401, 403, 404, 409, 413, 415, 422],
      },
    ];
  const removal = removals[verb.verb];
  if (removal)
    return [
      {
        tag: type.labels,
        method: 'delete',
        path: `${base}/{number}/${removal}/{id}`,
        id: `${verb.verb}${name}`,
        summary: verb.label,
        parameters: [numberParameter, childParameter],
        status: 204,
        ...(verb.undo ? { headers: undoHeaders } : {}),
        problems: [401, 403, 404, 409],
      },
      ...(verb.verb === 'detach'
        ? [
            {
              tag: type.labels,
              method: 'get' as const,
              path: `${base}/{number}/attachments/{id}`,
              id: `read${name}File`,
              summary: 'The bytes of a file',
              parameters: [numberParameter, childParameter],
              status: 200,
              answers: {},
              media: {
                'application/octet-stream': {
                  schema: { type: 'string', contentMediaType: 'application/octet-stream' },
                },
              },
              problems: [401, 404],
            },
          ]
        : []),
    ];
  if (verb.verb === 'rebook')
    return [
      {
        tag: type.labels,
        method: 'patch',
        path: `${base}/{number}/time-entries/{id}`,
        id: `rebook${name}Time`,
        summary: 'Change booked time: what is left out stays',
        parameters: [numberParameter, childParameter],
        body: ref('TimeEntryEditInput'),
        status: 200,
        answers: ref('TimeEntry'),
        problems: [400, 401, 403, 404, 409, 413, 415, 422],
      },
    ];
  if (verb.verb === 'tick')
    return [
      {
        tag: type.labels,
        method: 'patch',
        path: `${base}/{number}/tasks/{id}`,
        id: `tick${name}Task`,
        summary: 'Tick a step, or take the tick back',
        parameters: [numberParameter, childParameter],
        body: ref('TickInput'),
        status: 200,
        answers: ref('Task'),
        problems: [400, 401, 403, 404, 409, 413, 415, 422],
      },
    ];
  return [];
}

/** A verb as its route has it: the creating one at the list, the others at the record, some with an address of their own besides. */
export function verbOperations(house: House, type: RecordType, verb: Verb): Operation[] {
  const name = schemaName(type.type);
  const base = `/api/v1/${type.plural}`;
  const input = { name: `${name}${schemaName(verb.verb)}Input`, schema: inputSchemaOf(house, verb) };
  const shared = { tag: type.labels, input, body: ref(input.name) };
  if (verb.creates)
    return creatingVerb(house, type) === verb
      ? [
          {
            ...shared,
            method: 'post',
            path: base,
            id: `${verb.verb}${name}`,
            summary: `${verb.label} ${type.label.toLowerCase()}`,
            parameters: [keyParameter],
            status: 201,
            answers: ref(name),
            problems: [400, 401, 403, 409, 413, 415, 422],
          },
        ]
      : [];
  const form = verb.ownRoute === 'form' ? hangings[verb.verb]?.media : undefined;
  const verbs: Operation = {
    ...shared,
    method: 'post',
    path: `${base}/{number}/${verb.verb}`,
    id: verb.ownRoute ? `${verb.verb}${name}Itself` : `${verb.verb}${name}`,
    summary: verb.label,
    ...(form ? { bodyMedia: form } : { bodyRequired: false }),
    parameters: [numberParameter, keyParameter, { $ref: '#/components/parameters/ifMatch' }],
    status: 200,
    answers: ref(name),
    problems: [400, 401, 403, 404, 409, 412, 413, 415, 422],
  };
  if (verb.ownRoute) return [...ownOperations(type, verb, input), verbs];
  if (verb.verb !== 'edit') return [verbs];
  return [
    verbs,
    {
      ...verbs,
      method: 'patch',
      path: `${base}/{number}`,
      id: `patch${name}`,
      parameters: [numberParameter, { $ref: '#/components/parameters/ifMatch' }],
    },
  ];
}
