import type { FastifyInstance } from 'fastify';
import {
  calendar,
  countries,
  definitionOf,
  gather,
  holidaysOf,
  observing,
  regions,
  weigh,
  withDays,
} from '../../../commons/calendar';
import { malformed, Refusal } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { promisesMoved } from '../../../practices/design/service-level';
import type { App } from '../app';
import { contextOf } from '../caller';
import { once } from '../idempotency';
import { knows, readQuery } from '../query';
import { read } from './identity';
import { find } from './records';

const languageOf = (asked: string | undefined, own: string): string => {
  if (asked !== undefined && asked !== 'en' && asked !== 'de') throw malformed('language', say`language is en or de.`);
  return asked ?? own;
};

/** What is asked for in an address and not known there is no fault of a body: it is 400. */
async function asked<T>(question: Promise<T>): Promise<T> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Refusal && error.errors?.[0]) throw malformed(error.errors[0].field, error.sentence);
    throw error;
  }
}

/** Public holidays of countries, and what a calendar would become with them. */
export function holidayRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/holidays', async (request) => {
    const context = contextOf(app, request);
    const query = readQuery(request);
    knows(query, 'country', 'region', 'year', 'language');
    if (!query.country) throw malformed('country', say`Name a country: country=PT.`);
    const year = query.year ?? String(context.now.getUTCFullYear());
    if (!/^\d{4}$/.test(year) || Number(year) < 1990 || Number(year) > 2100)
      throw malformed('year', say`year is a year from 1990 to 2100.`);
    const { country, region } = query;
    const language = languageOf(query.language, context.actor.language);
    const items = await asked(holidaysOf({ country, region, year: Number(year) }, language));
    return { items, next: null };
  });

  server.get('/api/v1/holidays/countries', async (request) => {
    const context = contextOf(app, request);
    const query = readQuery(request);
    knows(query, 'country', 'language');
    const language = languageOf(query.language, context.actor.language);
    const items = query.country ? await asked(regions(query.country, language)) : await countries(language);
    return { items, next: null };
  });

  server.post<{ Params: { number: string } }>('/api/v1/calendars/:number/try', (request, reply) =>
    once(app, request, reply, async (db) => {
      const context = contextOf(app, request, db);
      const record = await find(context, calendar, request.params.number);
      const found = await gather(read(observing, request.body), context.now, context.actor.language);
      const was = definitionOf(record);
      const days = weigh(was, found.days);
      const effect = await promisesMoved(db, String(record.id), was, withDays(was, days));
      return { status: 200, body: { days, refused: found.refused, until_year: found.until_year, ...effect } };
    }),
  );
}
