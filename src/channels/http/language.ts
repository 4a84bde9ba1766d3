import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonSaidBy } from '../../kernel/sentence.contract';
import { inGerman } from './german';

/**
 * The language of an answer's sentences: the one `Accept-Language` wants most of those there are. English, where it says
 * nothing of the two, or nothing at all: programs that send no such header read what they always read.
 */
export function languageOf(header: string | undefined): 'en' | 'de' {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag, ...more] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const weight = more.map((one) => /^q=([01](?:\.\d{0,3})?)$/.exec(one)?.[1]).find((one) => one !== undefined);
    return { language: tag?.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  const best = (language: string) =>
    Math.max(0, ...wanted.filter((one) => one.language === language).map(({ weight }) => weight));
  if (best('de') === 0) return 'en';
  if (best('de') !== best('en')) return best('de') > best('en') ? 'de' : 'en';
  return wanted.find(({ language }) => language === 'de' || language === 'en')?.language === 'de' ? 'de' : 'en';
}

const wantsGerman = (request: FastifyRequest): boolean => languageOf(request.headers['accept-language']) === 'de';

/** An answer as JSON, its sentences in the language of the request. */
export const jsonFor = (request: FastifyRequest, value: unknown): string =>
  wantsGerman(request) ? jsonSaidBy(inGerman, value) : JSON.stringify(value);

/** Before anything is answered: what a route hands over as it is goes out in the language of the request too. */
export function speakTo(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('Vary', 'Accept-Language');
  if (!wantsGerman(request)) return;
  // What is a text already was said by whoever wrote it.
  const said = (value: unknown) => (typeof value === 'string' ? value : jsonSaidBy(inGerman, value));
  reply.header('Content-Language', 'de').serializer(said);
}
