import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  closeSessions,
  dropLinks,
  makeLink,
  openSession,
  refuseTooMany,
  rememberFailure,
  setPassword,
  useLink,
} from '../../../commons/identity';
import { post } from '../../../commons/notification';
import { personAt } from '../../../commons/people';
import { sizes } from '../../../commons/practice';
import { theSystemItself } from '../../../kernel/actor';
import type { Context } from '../../../kernel/command';
import { one, sql, transact } from '../../../kernel/database';
import { performOne } from '../../../kernel/perform';
import { invalid } from '../../../kernel/refusal';
import { type Sentence, say, wrong } from '../../../kernel/sentence.contract';
import { beginWith } from '../../../value-streams/keep-practices';
import type { App } from '../app';
import { forgetCallers } from '../caller';
import { read } from '../read-body';
import { setSessionCookie } from '../session-cookie';

const line = (what: Sentence, most: number) =>
  z.string(wrong`${what} is needed.`).trim().min(1, wrong`${what} is needed.`).max(most);
const setUp = z.strictObject({
  size: z.enum(sizes, wrong`The size is small or everything.`).default('everything'),
  token: line(say`The link`, 200),
  organization: line(say`The name of the organisation`, 300),
  name: line(say`Your name`, 300),
  email: line(say`Your e-mail`, 254),
  password: z.string(wrong`A password is needed.`).max(1000),
});
/** With an e-mail a link is sent; with the link's token a new password is set. */
const byMail = z.strictObject({ email: line(say`Your e-mail`, 254) });
const byToken = z.strictObject({
  token: line(say`The link`, 200),
  password: z.string(wrong`A password is needed.`).max(1000),
});

const linkHours = 2;

/** What happens before somebody can sign in: the first administrator, a forgotten password. */
export function firstStepRoutes(server: FastifyInstance, app: App): void {
  server.post('/api/v1/set-up', async (request, reply) => {
    const wanted = read(setUp, request.body);
    const now = app.clock.now();
    const person = await transact(app.db, async (db) => {
      await useLink(db, 'set-up', wanted.token, now);
      // Each start without an administrator printed a link of its own: none of them serves once there is one.
      await dropLinks(db, 'set-up');
      if (await one(db, sql`select 1 from person where 'administrator' = any(roles) limit 1`))
        throw invalid('token', say`There is an administrator already: sign in.`);
      const context: Context = { db, house: app.house, actor: theSystemItself, now };
      const make = async (type: string, input: Record<string, unknown>) =>
        (await performOne(context, app.house.verbs.get(`${type}.create`)!, { input })).record;
      await make('organization', { name: wanted.organization });
      // One department that takes everything, so that the first report has a place to go.
      await make('department', { key: 'it', name: 'Information technology', desk: true });
      const made = await make('person', {
        name: wanted.name,
        email: wanted.email,
        roles: ['administrator', 'agent'],
        departments: ['it'],
      });
      await make('team', { name: 'Service desk', department: 'it', lead_id: made.id, member_ids: [made.id] });
      await beginWith(context, wanted.size);
      await setPassword(db, String(made.id), wanted.password, now);
      return String(made.id);
    });
    forgetCallers();
    await app.refreshKnown();
    setSessionCookie(
      app,
      reply,
      await openSession(app.db, person, request.headers['user-agent'] ?? 'unknown', request.ip, now),
    );
    return reply.status(201).send({ id: person });
  });

  // The answer is the same whether the address is known or not.
  server.post('/api/v1/password-reset', async (request, reply) => {
    const now = app.clock.now();
    if (typeof request.body === 'object' && request.body !== null && 'token' in request.body) {
      const { token, password } = read(byToken, request.body);
      await choosePassword(app, token, password);
      return reply.status(204).send();
    }
    const { email } = read(byMail, request.body);
    const account = email.trim().toLowerCase();
    await refuseTooMany(app.db, `reset ${account}`, request.ip, now);
    await rememberFailure(app.db, `reset ${account}`, request.ip, now);
    const person = await personAt(app.db, account);
    const to = person?.email;
    // By whichever address it was asked for, the link goes to the first: a further one may have been a mistake.
    if (person && to)
      await transact(app.db, async (db) => {
        const secret = await makeLink(db, 'password', person.id, new Date(now.getTime() + linkHours * 3_600_000));
        const address = `${app.links}/reset?token=${secret}`;
        await post(
          db,
          [
            {
              person_id: person.id,
              to,
              kind: 'password',
              reason: 'account',
              language: person.language ?? 'en',
              values: { address, hours: linkHours },
            },
          ],
          now,
        );
      });
    return reply.status(202).send({});
  });
}

async function choosePassword(app: App, token: string, password: string): Promise<void> {
  const now = app.clock.now();
  await transact(app.db, async (db) => {
    const { person_id } = await useLink(db, 'password', token, now);
    if (!person_id) throw invalid('token', say`This link does not work any more.`);
    await setPassword(db, person_id, password, now);
    await closeSessions(db, person_id);
  });
  forgetCallers();
}
