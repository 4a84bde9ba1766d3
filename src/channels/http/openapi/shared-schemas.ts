import { type Json, ref } from './schemas';

const text: Json = { type: 'string' };
const instant: Json = { type: 'string', format: 'date-time' };
const page = (items: Json): Json => ({
  type: 'object',
  required: ['items', 'next'],
  properties: { items: { type: 'array', items }, next: { type: ['string', 'null'] } },
});

/** Where something hangs that is read from here, as the one record was merged into the other. */
const elsewhere: Json = {
  anyOf: [ref('Reference'), { type: 'null' }],
  description: 'The other record, where it hangs on one that was merged',
};

/** Shapes that are no record. */
export const sharedSchemas: Json = {
  Undo: {
    type: 'object',
    description: 'In the answer of what can be taken back: the line, or the bulk_id of several, and until when',
    required: ['until'],
    properties: { line: { ...text, format: 'uuid' }, bulk_id: { ...text, format: 'uuid' }, until: instant },
  },
  Stays: {
    type: 'array',
    description: 'What rules did because of an act and could not be taken back with it, as it was changed since',
    items: {
      type: 'object',
      required: ['line', 'rule', 'sentence'],
      properties: { line: { ...text, format: 'uuid' }, rule: text, sentence: text },
    },
  },
  UndoInput: {
    type: 'object',
    additionalProperties: false,
    required: ['line'],
    properties: { line: { type: 'string', maxLength: 100 } },
  },
  Reference: {
    type: 'object',
    required: ['id', 'number', 'name'],
    properties: { id: { type: 'string', format: 'uuid' }, number: text, name: text },
  },
  Refusal: {
    type: 'object',
    description: 'What was refused and why, after RFC 9457',
    required: ['type', 'title', 'status', 'detail', 'code', 'errors'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: {
        type: 'string',
        description: 'A sentence for people, in German where Accept-Language prefers de, else in English',
      },
      code: text,
      errors: {
        type: 'array',
        items: { type: 'object', required: ['field', 'message'], properties: { field: text, message: text } },
      },
    },
  },
  Line: {
    type: 'object',
    description: 'One line of history',
    required: ['id', 'at', 'recorded_at', 'name', 'record', 'actor', 'changes'],
    properties: {
      id: text,
      seq: { type: ['integer', 'null'], description: 'Its place in the sealed chain; null for up to half a second' },
      at: instant,
      recorded_at: instant,
      name: text,
      record: { type: 'object', properties: { type: text, id: text, number: text } },
      actor: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          name: text,
          kind: { type: 'string', enum: ['person', 'rule', 'timer', 'import', 'system'] },
        },
      },
      internal: { type: 'boolean' },
      cause: { description: '{line}, {timer} or {file, row}' },
      why: { description: 'The rule, its inputs, and what it chose between' },
      changes: { type: 'array', items: { type: 'object', properties: { field: text, before: {}, after: {} } } },
    },
  },
  LinePage: page(ref('Line')),
  Comment: {
    type: 'object',
    properties: {
      id: text,
      kind: { type: 'string', enum: ['comment', 'note'] },
      text,
      author: ref('Author'),
      at: instant,
      record: elsewhere,
    },
  },
  Author: {
    type: ['object', 'null'],
    properties: { id: { type: ['string', 'null'] }, number: { type: ['string', 'null'] }, name: text },
  },
  CommentPage: page(ref('Comment')),
  Attachment: {
    type: 'object',
    properties: {
      id: text,
      name: text,
      media_type: text,
      size: { type: 'integer', description: 'Bytes' },
      href: text,
      author: ref('Author'),
      at: instant,
      internal: { type: 'boolean' },
      record: elsewhere,
      undo: ref('Undo'),
    },
  },
  AttachmentPage: page(ref('Attachment')),
  Link: {
    type: 'object',
    properties: {
      id: text,
      kind: { type: 'string', enum: ['caused_by', 'blocks', 'relates', 'duplicates', 'parent'] },
      direction: { type: 'string', enum: ['out', 'in'] },
      at: instant,
      record: { type: 'object', properties: { type: text, id: text, number: text, name: text, state: text } },
      of: elsewhere,
      undo: ref('Undo'),
    },
  },
  LinkPage: page(ref('Link')),
  Watcher: {
    type: 'object',
    properties: { id: text, at: instant, person: ref('Author'), record: elsewhere, undo: ref('Undo') },
  },
  WatcherPage: page(ref('Watcher')),
  LineOfSight: {
    type: 'object',
    properties: {
      paths: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            weight: { type: 'number' },
            stops: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  kind: text,
                  number: text,
                  name: text,
                  health: { type: 'string', enum: ['good', 'at_risk', 'broken', 'unknown'] },
                  stake: { type: ['string', 'null'] },
                },
              },
            },
          },
        },
      },
    },
  },
  BulkInput: {
    type: 'object',
    additionalProperties: false,
    required: ['verb'],
    description: 'Either ids or a filter (the query string of the list), at most 1,000 records',
    properties: {
      verb: text,
      input: { type: 'object' },
      ids: { type: 'array', maxItems: 1000, items: text },
      filter: text,
      dry_run: { type: 'boolean' },
      in_parts: { type: 'boolean', description: 'It is one part of an act on more: it can be taken back for a minute' },
    },
  },
  BulkResult: {
    type: 'object',
    properties: {
      bulk_id: { type: ['string', 'null'] },
      undo: ref('Undo'),
      effects: {
        type: 'array',
        description: 'Of a dry run: the lines it would write, here and in other records',
        items: {
          type: 'object',
          properties: {
            name: text,
            record: { type: 'object', properties: { type: text, id: text, number: text } },
            changes: { type: 'array', items: { type: 'object', properties: { field: text, before: {}, after: {} } } },
            why: { description: 'The rule, what went in and what else it looked at, where a rule chose' },
          },
        },
      },
      mails: {
        type: 'array',
        description: 'Of a dry run: the mails that would go out',
        items: {
          type: 'object',
          properties: { to: ref('Author'), number: text, subject: text, reason: text },
        },
      },
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            number: text,
            status: { type: 'integer' },
            version: { type: 'integer' },
            problem: ref('Refusal'),
            stays: ref('Stays'),
          },
        },
      },
    },
  },
  SearchResult: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { type: text, id: text, number: text, title: text, state: text, snippet: text },
        },
      },
      next: { type: ['string', 'null'] },
      corrected: { type: ['string', 'null'] },
    },
  },
  MeasureResult: {
    type: 'object',
    properties: {
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            key: { type: ['string', 'number', 'null'] },
            name: text,
            value: { type: 'number' },
            unit: text,
            count: { type: 'number' },
            href: text,
          },
        },
      },
    },
  },
  Me: {
    type: 'object',
    properties: {
      id: text,
      email: { type: ['string', 'null'] },
      name: text,
      roles: { type: 'array', items: text },
      departments: { type: 'array', items: ref('Reference') },
      teams: { type: 'array', items: ref('Reference') },
      language: text,
      time_zone: text,
      now: instant,
      seq: { type: 'integer', description: 'The newest sealed line; the stream goes on after it with `?after=`' },
      absent_from: { type: ['string', 'null'], format: 'date' },
      absent_until: { type: ['string', 'null'], format: 'date' },
      must_enrol: {
        type: 'boolean',
        description: 'Nothing is open before a second factor is set up, or shown where there is one',
      },
    },
  },
  Anything: { type: 'object', description: 'An object whose shape its description tells' },
};
