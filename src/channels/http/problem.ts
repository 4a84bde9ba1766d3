import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply } from 'fastify';
import { Refusal } from '../../kernel/refusal';

const titles: Record<number, string> = {
  400: 'The request is not well-formed',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not here',
  409: 'Not possible now',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Not this media type',
  422: 'The input does not hold',
  429: 'Too many',
  500: 'A fault of ours',
};

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: { field: string; message: string }[];
}

/** A refusal as RFC 9457 tells it. */
export function problemOf(refusal: Refusal): Problem {
  return {
    type: 'about:blank',
    title: titles[refusal.status] ?? 'Refused',
    status: refusal.status,
    detail: refusal.message,
    code: refusal.code,
    errors: refusal.errors,
  };
}

/** What the framework and the database refuse, as our own refusals. Undefined for a true fault. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (typeof error !== 'object' || error === null) return undefined;
  const { statusCode, code } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return new Refusal('too_large', 'This is too large.');
  if (statusCode === 415) return new Refusal('media_type', 'Send JSON, or a multipart form with a file.');
  if (statusCode === 413) return new Refusal('too_large', 'This is too large.');
  if (statusCode === 404) return new Refusal('absent', 'There is nothing here.');
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return new Refusal('malformed', 'The request is not well-formed.');
  // What no check foresaw but the database's types refuse: text it cannot hold, numbers out of range.
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code))
    return new Refusal('invalid', 'A value is out of range or cannot be stored.');
  // Two at once: the same unique thing made, or each waiting for the other more often than the door tries.
  if (code === '23505' || code === '40001' || code === '40P01')
    return new Refusal('conflict', 'Somebody else did the same at this moment. Try again.');
  return undefined;
}

/** Answers on the bare connection what Node itself could not read: a head that is too long, or no HTTP at all. */
export function sendUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const long = error.code === 'HPE_HEADER_OVERFLOW';
  const sentence = long ? 'The address and the headers are too long.' : 'This is no request that can be read.';
  const status = long ? 431 : 400;
  const body = JSON.stringify({ ...problemOf(new Refusal('malformed', sentence)), status });
  socket.end(
    `HTTP/1.1 ${status} ${long ? 'Request Header Fields Too Large' : 'Bad Request'}\r\nConnection: close\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.status === 401) reply.header('WWW-Authenticate', 'Bearer');
  if (refusal.retryAfter) reply.header('Retry-After', String(refusal.retryAfter));
  return reply
    .status(refusal.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(refusal)));
}
