import type { Json } from './schemas';

export const numberParameter: Json = { $ref: '#/components/parameters/number' };

export const keyParameter: Json = { $ref: '#/components/parameters/idempotency' };

export const childParameter: Json = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id of the child',
  schema: { type: 'string', format: 'uuid' },
};
