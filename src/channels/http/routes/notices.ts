import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { toInstant, toWall } from '../../../commons/calendar';
import {
  choiceChange,
  isCritical,
  keepChoices,
  myNotices,
  noticeOf,
  planOf,
  type Settled,
  settledFor,
  topics,
  topicsInUse,
  trying,
  ways,
  zoneOf,
} from '../../../commons/notification';
import type { House } from '../../../kernel/command';
import { transact } from '../../../kernel/database';
import { Refusal } from '../../../kernel/refusal';
import { listed, say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { contextOf, mayChange } from '../caller';
import { once } from '../idempotency';
import { knows, readQuery } from '../query';
import { read } from './identity';

const wall = wrong`Write the time where you are, such as 2026-11-21T23:10.`;
const tryOut = z.strictObject({
  topic: z.enum(topics, wrong`Kinds are ${listed(topics)}.`),
  at: z
    .string(wall)
    .regex(/^(19[7-9]\d|20\d\d)-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, wall)
    .refine((text) => new Date(`${text}:00Z`).toJSON()?.startsWith(text), wrong`There is no such day.`),
  choices: choiceChange.optional(),
});
const token = z
  .string(wrong`The link is needed.`)
  .min(1, wrong`The link is needed.`)
  .max(300, wrong`This is no link of ours.`);
const byLink = z.strictObject({ token, way: z.enum(ways, wrong`Ways are ${listed(ways)}.`) });

/** What somebody is told and how, by kind, with where each choice comes from. */
function shown(settled: Settled, house: House) {
  const { ways: chosen, passes, quiet, digest, sources, zone, absent_from, absent_until } = settled;
  return {
    topics: topicsInUse(house.off).map((topic) => ({
      topic,
      way: chosen[topic],
      source: sources[topic],
      critical: isCritical(topic),
      passes: isCritical(topic) && passes[topic],
    })),
    quiet,
    digest,
    time_zone: zone,
    absent_from,
    absent_until,
  };
}

/** What a person is told at once, in a digest or not at all; quiet hours; trying both out; the link in a mail's foot. */
export function noticeRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/me/notices', async (request) => {
    knows(readQuery(request));
    return shown(await myNotices(contextOf(app, request)), app.house);
  });

  server.patch('/api/v1/me/notices', (request, reply) =>
    once(app, request, reply, async (db) => {
      mayChange(request);
      const change = read(choiceChange, request.body);
      const { actor, now } = contextOf(app, request, db);
      return { status: 200, body: shown(await keepChoices(db, actor.id!, change, now), app.house) };
    }),
  );

  // When a message would come, by what holds or by choices not kept yet.
  server.post('/api/v1/me/notices/preview', (request, reply) =>
    once(app, request, reply, async (db) => {
      const { topic, at, choices } = read(tryOut, request.body);
      const settled = await trying(contextOf(app, request, db), choices ?? {});
      const zone = zoneOf(settled.zone);
      const from = toInstant(zone, Date.parse(`${at}:00Z`));
      const plan = planOf(settled, topic, from);
      return {
        status: 200,
        body: {
          way: plan.way,
          gathered: plan.gathered,
          because: plan.because,
          at: plan.at === null ? null : new Date(plan.at),
          local: plan.at === null ? null : new Date(toWall(zone, plan.at)).toISOString().slice(0, 16),
          open_end: plan.because === 'absent' && settled.absent_until === null,
        },
      };
    }),
  );

  const linked = async (given: string) => {
    const found = await noticeOf(app.db, given, app.clock.now());
    if (!found)
      throw new Refusal('invalid', say`This link does not serve any more. Sign in and choose on your profile.`);
    return found;
  };
  // Reading a link changes nothing: programs that look into mails follow every link.
  server.get('/api/v1/notice-link', async (request) => {
    const query = readQuery(request);
    knows(query, 'token');
    if (!query.token || query.token.length > 300) throw new Refusal('malformed', say`The link is not whole.`);
    const { person, topic } = await linked(query.token);
    const settled = (await settledFor(app.db, [person])).get(person)!;
    return { topic, way: settled.ways[topic], ways };
  });

  server.post('/api/v1/notice-link', async (request) => {
    const { token: given, way } = read(byLink, request.body);
    const { person, topic } = await linked(given);
    const now = app.clock.now();
    const settled = await transact(app.db, (db) => keepChoices(db, person, { ways: { [topic]: way } }, now));
    return { topic, way: settled.ways[topic], ways };
  });
}
