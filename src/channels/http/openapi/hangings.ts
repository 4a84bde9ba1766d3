import type { Json } from './schemas';

/** Routes of their own under verbs that hang something on a record. */
export const hangings: Record<string, { path: string; schema: string; body?: Json; media?: Json }> = {
  link: { path: 'links', schema: 'Link' },
  watch: { path: 'watchers', schema: 'Watcher' },
  task: { path: 'tasks', schema: 'TaskAdded' },
  book: { path: 'time-entries', schema: 'TimeEntry' },
  attach: {
    path: 'attachments',
    schema: 'Attachment',
    media: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['file'],
          properties: {
            file: { type: 'string', contentMediaType: 'application/octet-stream' },
            internal: { type: 'string', enum: ['true', 'false'] },
          },
        },
      },
    },
  },
};
/** What takes it away again. */
export const removals: Record<string, string> = {
  unlink: 'links',
  unwatch: 'watchers',
  untask: 'tasks',
  unbook: 'time-entries',
  detach: 'attachments',
};
