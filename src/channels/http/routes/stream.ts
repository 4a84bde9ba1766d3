import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { App } from '../app';
import { authenticate, callerOf } from '../caller';
import { watchPresence } from '../presence-watch';
import { eventsAfter, lastSeq, readTogether } from '../stream-hub';

const pollMs = 300;
const pulseMs = 20_000;

/** Until what was written has gone out, or the connection is closed. */
function drained(out: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      out.off('drain', done).off('close', done);
      resolve();
    };
    out.on('drain', done).on('close', done);
    if (out.destroyed) done();
  });
}

/** Server-sent events: what changed for this caller, from where they left off, without a gap. */
export function streamRoutes(server: FastifyInstance, app: App): void {
  const listen = watchPresence(app);
  const readLines = readTogether(app.db);
  server.get('/api/v1/stream', { exposeHeadRoute: false }, async (request, reply) => {
    callerOf(request);
    // A page says from where it read; a browser that comes back by itself says it better.
    const { after } = request.query as { after?: unknown };
    const asked = request.headers['last-event-id'] ?? after;
    const newest = await lastSeq(app.db);
    let reached = typeof asked === 'string' && /^\d{1,15}$/.test(asked) ? Number(asked) : newest;
    const unknown = asked !== undefined && (!/^\d{1,15}$/.test(String(asked)) || reached > newest);
    if (unknown) reached = newest;

    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      Connection: 'keep-alive',
    });
    out.write(unknown ? `id: ${newest}\nevent: reset\ndata: {}\n\n` : `: here from ${reached}\n\n`);
    const company = listen();
    let pulsed = Date.now();
    let open = true;
    out.on('close', () => {
      open = false;
    });
    while (open && !app.stopping()) {
      try {
        const { actor, known } = await authenticate(app, request);
        // A rule has come to ask for a second factor: the session waits, and hears nothing until then.
        if (known.must_enrol) break;
        const {
          events,
          reached: to,
          more,
        } = await eventsAfter({ db: app.db, house: app.house, actor, now: app.clock.now() }, reached, readLines);
        // Who looks at what has no place in history, so it bears no id to go on from.
        const here = (await company(actor, Date.now()))
          .map((told) => `event: presence\ndata: ${JSON.stringify(told)}\n\n`)
          .join('');
        const text = events
          .map(({ seq, event, data }) => `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
          .join('')
          .concat(here);
        // Who does not read what they are sent is not sent more: it would pile up here.
        if (text !== '' && !out.write(text)) await drained(out);
        reached = to;
        if (more) continue;
      } catch {
        // Signed out, or the database is away: the client comes back with its last id.
        break;
      }
      if (Date.now() - pulsed > pulseMs) {
        out.write(': still here\n\n');
        pulsed = Date.now();
      }
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    out.end();
  });
}
