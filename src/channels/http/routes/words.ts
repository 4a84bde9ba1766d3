import type { FastifyInstance } from 'fastify';
import { wordsFor } from '../../../commons/wording';
import { malformed } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { contextOf } from '../caller';
import { knows, readQuery } from '../query';

/** The words this caller reads instead of the delivered ones. */
export function wordRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/words', async (request) => {
    const query = readQuery(request);
    knows(query, 'language');
    const context = contextOf(app, request);
    const language = query.language ?? context.actor.language;
    if (!['en', 'de'].includes(language)) throw malformed('language', say`language is en or de.`);
    return wordsFor(context, language);
  });
}
