import type { FastifyInstance } from 'fastify';
import { absent, invalidFields, Refusal } from '../../../kernel/refusal';
import { asIs, type Sentence, say } from '../../../kernel/sentence.contract';
import { alertmanagerBody, keepBody, sourcesBy } from '../../../practices/operation/monitoring-and-event';
import type { App } from '../app';
import { authenticateSender } from '../caller';

/** What is known of a source, for a second: a storm of alerts asks once. */
const remembered = new WeakMap<App, Map<string, { form: string | undefined; until: number }>>();
const rememberMs = 1_000;

/** The form of an active source; the address of Alertmanager stands from the beginning. Throws 404. */
async function formOf(app: App, key: string): Promise<string> {
  const now = app.clock.now().getTime();
  const all = remembered.get(app) ?? new Map();
  remembered.set(app, all);
  let known = all.get(key);
  if (!known || known.until <= now || known.until - rememberMs > now) {
    const [found] = await sourcesBy(app.db, 'key', [key]);
    const form = found ? (found.state === 'active' ? found.form : undefined) : key === 'alertmanager' ? key : undefined;
    known = { form, until: now + rememberMs };
    if (all.size > 1_000) all.clear();
    all.set(key, known);
  }
  if (known.form === undefined) throw absent(say`alert source`);
  return known.form;
}

/** Alerts in: the body is kept before it is answered; what it says is worked out afterwards, in the order of arrival. */
export function hookRoutes(server: FastifyInstance, app: App): void {
  server.post<{ Params: { source: string } }>('/hooks/:source', async (request, reply) => {
    const { body } = request;
    if (body === undefined) throw new Refusal('malformed', say`The body is empty: send JSON.`);
    const form = await formOf(app, request.params.source);
    const sender = await authenticateSender(app, request);
    if (typeof body !== 'object' || body === null) throw bodyIsNot(say`an object or a list`);
    if (form === 'alertmanager') checkAlertmanager(body);
    const id = await keepBody(app.db, request.params.source, sender, JSON.stringify(body), app.clock.now());
    app.nudge();
    return reply.status(202).send({ id });
  });
}

const bodyIsNot = (what: Sentence) => invalidFields([{ field: '', message: say`The body must be ${what}.` }]);

function checkAlertmanager(body: object): void {
  if (Array.isArray(body)) throw bodyIsNot(say`what Alertmanager sends: an object`);
  const parsed = alertmanagerBody.safeParse(body);
  if (!parsed.success)
    throw invalidFields(
      parsed.error.issues.slice(0, 20).map((issue) => ({ field: issue.path.join('.'), message: asIs(issue.message) })),
    );
}
