import type { FastifyRequest } from 'fastify';
import { malformed } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** One entity tag of a list, or none, up to the next comma. A tag has neither spaces nor quotes in it, but may have commas. */
const element = /[ \t]*(?:(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?[ \t]*(?:,|$)/y;

/** The tags of a list as RFC 9110 writes it; undefined where something else stands in it. */
function tagsIn(list: string): string[] | undefined {
  const tags: string[] = [];
  element.lastIndex = 0;
  while (element.lastIndex < list.length) {
    const found = element.exec(list);
    if (!found) return undefined;
    if (found[1] !== undefined) tags.push(found[1]);
  }
  return tags;
}

/**
 * The versions a write is meant for, any of them; undefined where it is meant for whatever there is. Weak tags count as
 * strong ones: a version is the same record whatever the bytes it was sent in. Throws 400 for what is no entity tag.
 */
export function readIfMatch(request: FastifyRequest): readonly number[] | undefined {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '*') return undefined;
  const tags = tagsIn(header) ?? [];
  if (tags.length === 0)
    throw malformed('If-Match', say`If-Match is the version in quotes, as the ETag said it; or several, or *.`);
  // A tag this product never gave fits no version.
  return tags.map((tag) => (/^[1-9]\d{0,8}$/.test(tag) ? Number(tag) : 0));
}
