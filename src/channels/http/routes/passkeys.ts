import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  dropPasskey,
  endTokens,
  freeSession,
  keepPasskey,
  newPasskeyOptions,
  passkeysOf,
  renamePasskey,
  tidyRecoveryCodes,
  waitingTokens,
} from '../../../commons/identity';
import { isId } from '../../../kernel/id';
import { absent } from '../../../kernel/refusal';
import { say, wrong } from '../../../kernel/sentence.contract';
import type { App } from '../app';
import { callerOf, contextOf } from '../caller';
import { few } from '../few';
import { once } from '../idempotency';
import { askProof } from '../proof';
import { read } from '../read-body';
import { siteOf } from '../site';
import { firstRecoveryCodes, mayProtect, ownerOf, protecting, tellFactor, withPassword } from './second-factor';

const name = z.string(wrong`A name is needed.`).trim().min(1, wrong`A name is needed.`).max(100);
const naming = z.strictObject({ name });
const registration = z.strictObject({
  name,
  response: z.record(z.string(), z.unknown(), wrong`The answer of the browser is needed.`),
});

/** The passkeys of one's own account. */
export function passkeyRoutes(server: FastifyInstance, app: App): void {
  server.get('/api/v1/me/passkeys', async (request) => ({
    items: await passkeysOf(app.db, callerOf(request).known.person_id),
    next: null,
  }));

  server.post('/api/v1/me/passkeys/options', (request, reply) =>
    protecting(app, request, reply, async (context) => {
      const owner = await ownerOf(context);
      const options = await newPasskeyOptions(context.db, siteOf(app, request), owner, context.now);
      return { status: 200, body: options, secret: true };
    }),
  );

  server.post('/api/v1/me/passkeys', (request, reply) =>
    once(app, request, reply, async (db) => {
      await mayProtect(request, db);
      const given = read(registration, request.body);
      const { actor, now } = contextOf(app, request, db);
      const waiting = await waitingTokens(db, now, actor.id!);
      const kept = await keepPasskey(db, siteOf(app, request), actor.id!, given, now);
      const codes = await firstRecoveryCodes(db, actor.id!, now);
      await freeSession(db, actor.id!, callerOf(request).known.session_id!, now);
      await endTokens(
        db,
        waiting.map(({ id }) => id),
      );
      await tellFactor(app, request, db, 'secure', 'passkey');
      return { status: 201, body: { ...kept, recovery_codes: codes }, secret: true, touched: 'person' };
    }),
  );

  server.patch<{ Params: { id: string } }>('/api/v1/me/passkeys/:id', (request, reply) =>
    once(app, request, reply, async (db) => {
      await mayProtect(request, db);
      const given = read(naming, request.body);
      const { id } = request.params;
      const kept = isId(id) ? await renamePasskey(db, callerOf(request).known.person_id, id, given.name) : undefined;
      if (!kept) throw absent(say`passkey`);
      return { status: 200, body: kept };
    }),
  );

  server.post<{ Params: { id: string } }>('/api/v1/me/passkeys/:id/remove', (request, reply) =>
    few(() =>
      once(app, request, reply, async (db) => {
        await mayProtect(request, db);
        const { password } = read(withPassword, request.body ?? {});
        const { id } = request.params;
        const person = callerOf(request).known.person_id;
        const mine = await passkeysOf(db, person);
        if (!mine.some((one) => one.id === id)) throw absent(say`passkey`);
        await askProof(app, request, password);
        await dropPasskey(db, person, id);
        await tidyRecoveryCodes(db, person);
        await tellFactor(app, request, db, 'unsecure', 'passkey');
        return { status: 204, body: null, touched: 'person' };
      }),
    ),
  );
}
