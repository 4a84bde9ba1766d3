import type { FastifyRequest } from 'fastify';
import { malformed } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** A query string with one text per key; a repeated key is a list. No value may bear what no record can hold. */
export function readQuery(request: FastifyRequest): Record<string, string> {
  const out: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(request.query as Record<string, string | string[]>)) {
    out[key] = Array.isArray(value) ? value.join(',') : value;
    if (`${key}${out[key]}`.includes('\u0000'))
      throw malformed(key.replaceAll('\u0000', ''), say`The address contains a character that no record has.`);
  }
  return out;
}

/** The page size asked for. */
export function readPage(query: Record<string, string>, most = 500, standard = 50): number {
  if (query.limit === undefined) return standard;
  if (!/^\d{1,4}$/.test(query.limit) || Number(query.limit) < 1 || Number(query.limit) > most)
    throw malformed('limit', say`limit must be a whole number from 1 to ${most}.`);
  return Number(query.limit);
}

/** Refuses every query word: for what is asked in one way only. */
export const asksNothing = (request: FastifyRequest): void => knows(readQuery(request));

/** Refuses query words a route does not know. */
export function knows(query: Record<string, string>, ...words: string[]): void {
  for (const key of Object.keys(query))
    if (!words.includes(key)) throw malformed(key, say`There is no filter ${key} here.`);
}
