import i18next from 'i18next';
import { language } from '../i18n';

/** The one way to the server: JSON out, JSON back, refusals as one error type with sentences for people. */

export interface FieldProblem {
  field: string;
  message: string;
}

/** A refusal of the server (RFC 9457), or the network's silence (`status` 0). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  /** The whole answer, where it says more than that it was refused. */
  readonly body: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    sentence: string,
    errors: FieldProblem[] = [],
    body: Record<string, unknown> = {},
  ) {
    super(sentence);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.body = body;
  }
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Version the change was made against; a newer one refuses with 412. */
  ifMatch?: number;
  /** Kept over retries of the same act, so that it happens once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** It is sent even while the page closes. */
  keepalive?: boolean;
}

let signedOut: (() => void) | null = null;

/** Told once when the server no longer knows who asks. */
export function whenSignedOut(tell: () => void) {
  signedOut = tell;
}

let waiting: (() => void) | null = null;

/** Told when a rule has come to ask whoever is here for a second factor: nothing else is open before. */
export function whenWaiting(tell: () => void) {
  waiting = tell;
}

/** Reads a `problem+json` answer, or makes one from whatever came instead. */
async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = (await answer.json()) as {
      title?: string;
      detail?: string;
      code?: string;
      errors?: FieldProblem[];
    };
    return new Problem(
      answer.status,
      body.code ?? String(answer.status),
      body.detail ?? body.title ?? answer.statusText,
      body.errors ?? [],
      body,
    );
  } catch {
    return new Problem(answer.status, String(answer.status), answer.statusText || String(answer.status));
  }
}

/** Asks `/api/v1{path}`; throws a `Problem` for everything that is not a success. */
export async function ask<T>(path: string, options: Ask = {}): Promise<T> {
  // What the server says follows the screen, whatever the browser prefers.
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language() ?? 'en' };
  const form = options.body instanceof FormData;
  if (options.body !== undefined && !form) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  let answer: Response;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method: options.method ?? 'GET',
      headers,
      body: form ? (options.body as FormData) : options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      keepalive: options.keepalive,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(0, 'offline', i18next.t('refusal.silent', { ns: 'kit' }));
  }
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.status === 401 && !path.startsWith('/sign-in')) signedOut?.();
    if (problem.code === 'second_factor_needed') waiting?.();
    throw problem;
  }
  const line = answer.headers.get('undo-line');
  if (line) return { undo: { line, until: answer.headers.get('undo-until') } } as T;
  if (answer.status === 204 || answer.headers.get('content-length') === '0') return undefined as T;
  return (await answer.json()) as T;
}

/** A query string without the empty parts. */
export function query(parts: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(parts)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** The sentence of whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
