import type { Operation } from './operations';
import { type Json, object, ref } from './schemas';

const text: Json = { type: 'string' };
const maybeInstant: Json = { type: ['string', 'null'], format: 'date-time' };
const taken = (properties: Json, required: string[] = Object.keys(properties)): Json => ({
  ...object(properties, required),
  additionalProperties: false,
});
const codes: Json = {
  type: ['array', 'null'],
  items: text,
  description: 'Each lets its owner in once; answered once. Null: there are some already',
};
const passkey: Json = {
  id: { type: 'string', format: 'uuid' },
  name: text,
  created_at: { type: 'string', format: 'date-time' },
  seen_at: maybeInstant,
};
/** Bodies and answers as browsers and WebAuthn have them. */
const loose: Json = { type: 'object' };

export const protectionSchemas: Json = {
  Protection: object({
    totp_since: { ...maybeInstant, description: 'Since when one-time codes are asked for' },
    passkeys: { type: 'integer' },
    recovery_codes: { type: 'integer', description: 'How many are left' },
    required: { type: 'boolean', description: 'Does a rule ask for a second factor?' },
  }),
  WithoutSecondFactor: object({
    total: { type: 'integer', description: 'How many have none yet' },
    of: { type: 'integer', description: 'How many it asks' },
    items: {
      type: 'array',
      items: object({ id: text, number: text, name: text }),
      description: 'For administrators alone, in the order of the alphabet; for others empty',
    },
    next: { type: ['string', 'null'] },
  }),
  NewTotp: object({
    secret: { ...text, description: 'Base32' },
    uri: { ...text, description: 'otpauth://, for a QR code' },
  }),
  RecoveryCodes: object({ recovery_codes: codes }),
  Passkey: object(passkey),
  NewPasskey: object({ ...passkey, recovery_codes: codes }),
  PasskeyPage: object({ items: { type: 'array', items: ref('Passkey') }, next: { type: ['string', 'null'] } }),
  MergingPeople: object({
    into: ref('Reference'),
    moves: {
      type: 'array',
      items: object({ type: text, field: text, count: { type: 'integer' } }),
      description: 'How often the one who goes is named, in records in sight; those out of sight move too',
    },
    teams: { type: 'array', items: ref('Reference') },
    addresses: { type: 'array', items: text },
    roles: { type: 'array', items: text, description: 'Only with take_roles' },
    departments: { type: 'array', items: ref('Reference'), description: 'Only with take_roles' },
  }),
  PasskeyOptions: { ...loose, description: 'What WebAuthn calls publicKey, binary values as base64url' },
};

const idParameter: Json = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'The id',
  schema: { type: 'string', format: 'uuid' },
};
const identity = 'Signing in';
const own = { tag: identity, parameters: [] as Json[] };
const post = (path: string, id: string, summary: string, more: Partial<Operation>): Operation => ({
  ...own,
  method: 'post',
  path: `/api/v1${path}`,
  id,
  summary,
  status: 200,
  problems: [400, 401, 403, 409, 413, 415, 422, 429],
  ...more,
});
const password: Json = taken(
  {
    password: {
      ...text,
      description: 'Needed where nothing was shown in the last ten minutes: 403 with code proof_needed',
    },
  },
  [],
);

/** Signing in with more than a password, and what protects one's own account. A token may change none of it: 403. */
export function protectionOperations(): Operation[] {
  return [
    post('/sign-in/second-factor', 'signInSecondFactor', 'The second step of signing in; sets the session cookie', {
      description:
        'The challenge of the first step with a one-time code or a recovery code. A code serves once; ten wrong ones within fifteen minutes are 429, wherever they come from.',
      body: taken({ challenge: text, code: text, recovery_code: text }, ['challenge']),
      answers: ref('Me'),
      problems: [400, 401, 403, 409, 413, 415, 422, 429],
      open: true,
    }),
    post('/sign-in/passkey/options', 'passkeyQuestion', 'What the browser asks a passkey', {
      description: '60,000 questions of one address that nobody answers within five minutes are 429.',
      answers: ref('PasskeyOptions'),
      problems: [400, 401, 403, 413, 415, 422, 429],
      open: true,
    }),
    post('/sign-in/passkey', 'signInPasskey', 'Sign in with a passkey alone; sets the session cookie', {
      body: taken({ response: loose }),
      answers: ref('Me'),
      problems: [400, 401, 403, 413, 415, 422],
      open: true,
    }),
    {
      ...own,
      method: 'get',
      path: '/api/v1/me/second-factor',
      id: 'myProtection',
      summary: 'What protects your account',
      status: 200,
      answers: ref('Protection'),
      problems: [400, 401],
    },
    post('/me/proof', 'proveMyself', 'Show again who you are', {
      description:
        'One of the four; the session counts as fresh for ten minutes. By more than the password it also opens a session that waits for a second factor. Ten wrong codes within fifteen minutes are 429.',
      body: taken({ password: text, code: text, recovery_code: text, response: loose }, []),
      status: 204,
      problems: [400, 401, 403, 409, 413, 415, 422, 429],
    }),
    post('/me/second-factor/totp', 'startTotp', 'Begin with one-time codes; they count once one was confirmed', {
      body: password,
      status: 201,
      answers: ref('NewTotp'),
    }),
    post('/me/second-factor/totp/confirm', 'confirmTotp', 'The first one-time code; from now on they are asked for', {
      body: taken({ code: text }),
      answers: ref('RecoveryCodes'),
    }),
    post('/me/second-factor/totp/remove', 'removeTotp', 'No more one-time codes', { body: password, status: 204 }),
    post(
      '/me/second-factor/recovery-codes',
      'makeRecoveryCodes',
      'Ten new recovery codes; the old ones serve no more',
      {
        body: password,
        status: 201,
        answers: ref('RecoveryCodes'),
      },
    ),
    {
      ...own,
      method: 'get',
      path: '/api/v1/me/passkeys',
      id: 'listPasskeys',
      summary: 'Your passkeys',
      status: 200,
      answers: ref('PasskeyPage'),
      problems: [400, 401],
    },
    post('/me/passkeys/options', 'newPasskeyOptions', 'What the browser needs to make a passkey', {
      body: password,
      answers: ref('PasskeyOptions'),
    }),
    post('/me/passkeys', 'addPasskey', 'Keep a passkey the browser made', {
      body: taken({ name: text, response: loose }),
      status: 201,
      answers: ref('NewPasskey'),
    }),
    {
      ...own,
      method: 'patch',
      path: '/api/v1/me/passkeys/{id}',
      id: 'renamePasskey',
      summary: 'Call a passkey otherwise',
      parameters: [idParameter],
      body: taken({ name: text }),
      status: 200,
      answers: ref('Passkey'),
      problems: [400, 401, 403, 404, 409, 413, 415, 422],
    },
    post('/me/passkeys/{id}/remove', 'removePasskey', 'Remove a passkey', {
      parameters: [idParameter],
      body: password,
      status: 204,
      problems: [400, 401, 403, 404, 409, 413, 415, 422, 429],
    }),
  ];
}

export const mergingOperation = (number: Json): Operation => ({
  method: 'get',
  path: '/api/v1/people/{number}/merging',
  id: 'previewMergingPeople',
  tag: 'People',
  summary: 'What merging a person into another would move: for administrators',
  parameters: [number, { name: 'into', in: 'query', required: true, description: 'Who stays', schema: text }],
  status: 200,
  answers: ref('MergingPeople'),
  problems: [400, 401, 403, 404, 409, 422],
});
