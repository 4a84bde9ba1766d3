import type { Operation } from './operations';
import { type Json, object, ref } from './schemas';

const text: Json = { type: 'string' };
const count: Json = { type: 'integer' };
const year: Json = { type: ['integer', 'null'], minimum: 1990, maximum: 2100 };
const list = (items: Json): Json => object({ items: { type: 'array', items }, next: { type: 'null' } });
const day: Json = { ...text, description: 'A date, or *-MM-DD for the day of every year' };

export const holidaySchemas: Json = {
  HolidayList: list(
    object({ on: day, name: text, yearly: { type: 'boolean', description: 'The same day every year' } }),
  ),
  CountryList: list(object({ code: text, name: text })),
  HolidaySource: {
    type: 'object',
    additionalProperties: false,
    description: 'A country, with a region and years, or the text of a file',
    properties: {
      country: { type: ['string', 'null'], description: 'Two letters' },
      region: { type: ['string', 'null'] },
      from_year: year,
      until_year: year,
      text: { type: ['string', 'null'], description: 'iCalendar, or a date and a name in each line' },
      source: { type: ['string', 'null'], description: 'The name of the file' },
    },
  },
  HolidayTrial: object({
    days: {
      type: 'array',
      items: object({
        on: day,
        name: text,
        state: {
          type: 'string',
          enum: ['new', 'there', 'open'],
          description: 'open: has hours of its own and stays open',
        },
      }),
    },
    refused: { type: 'array', items: object({ line: count, reason: text }) },
    until_year: { type: ['integer', 'null'] },
    running: { ...count, description: 'Promises that run by this calendar' },
    moved: { ...count, description: 'Those that would end at another time' },
    more: { type: 'boolean', description: 'There were more than are gone through' },
  }),
};

const query = (name: string, description: string, required = false): Json => ({
  name,
  in: 'query',
  required,
  description,
  schema: text,
});
const language: Json = {
  name: 'language',
  in: 'query',
  required: false,
  description: 'Of the names',
  schema: { enum: ['en', 'de'] },
};

/** Holidays of countries, and a calendar with them. */
export function holidayOperations(): Operation[] {
  return [
    {
      method: 'get',
      path: '/api/v1/holidays',
      id: 'listHolidays',
      tag: 'Calendars',
      summary: 'The public holidays of a country in a year',
      parameters: [
        query('country', 'Two letters', true),
        query('region', 'Where it has holidays of its own'),
        query('year', 'This year where none is given'),
        language,
      ],
      status: 200,
      answers: ref('HolidayList'),
      problems: [400, 401],
    },
    {
      method: 'get',
      path: '/api/v1/holidays/countries',
      id: 'listHolidayCountries',
      tag: 'Calendars',
      summary: 'Countries whose holidays are known; with a country its regions',
      parameters: [query('country', 'Two letters'), language],
      status: 200,
      answers: ref('CountryList'),
      problems: [400, 401],
    },
    {
      method: 'post',
      path: '/api/v1/calendars/{number}/try',
      id: 'tryHolidays',
      tag: 'Calendars',
      summary: 'What a calendar would become with these holidays; nothing is written',
      parameters: [{ $ref: '#/components/parameters/number' }],
      body: ref('HolidaySource'),
      status: 200,
      answers: ref('HolidayTrial'),
      problems: [400, 401, 404, 413, 415, 422],
    },
  ];
}
