import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { DatabaseRefusal } from '../db/embedded';
import { isMigrated, MigrationRefusal } from '../db/migrate';
import { forgetOldKeys } from './channels/http/idempotency';
import { makeServer } from './channels/http/server';
import { nowAndThen, startWorker } from './channels/worker/worker';
import { dropContents } from './commons/attachment';
import { forgetOldDrafts } from './commons/draft';
import { forgetEnded } from './commons/identity';
import { digestWriter, mailSender, noticeToken } from './commons/notification';
import { narrowByText } from './commons/search';
import { forgetPutAside } from './commons/taking-back';
import { secretOf, vaultOf } from './commons/vault';
import { deliverOne, followHistory } from './commons/webhook';
import { prepareOrganisation } from './demonstration/prepare';
import { theSystemItself } from './kernel/actor';
import { newId } from './kernel/id';
import { open } from './open';
import { foldMeasures } from './practices/improvement/measurement-and-reporting';
import { placePending } from './practices/operation/incident';
import { forgetBodies } from './practices/operation/monitoring-and-event';
import { addressOf, readSettings, SettingRefusal, type Settings } from './settings';
import { foundPractices } from './value-streams/keep-practices';
import { promisedTypes, sweepPromises } from './value-streams/keep-service-promises';
import { takeInBodies } from './value-streams/watch-services';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** How long a request under way may still take when the server is told to stop, in milliseconds. */
const drainMs = 10_000;

/** Mails come from the installation's own host. */
function mailFrom(publicUrl: string | undefined): string {
  return `Throughline <desk@${publicUrl ? new URL(publicUrl).hostname : 'localhost'}>`;
}

function theSecret({ secret, dataDir }: Settings): string {
  try {
    return secretOf(secret, dataDir);
  } catch (error) {
    throw new SettingRefusal(
      `The secret of this installation can be neither read nor made in ${dataDir}: set THROUGHLINE_SECRET. (${(error as Error).message})`,
    );
  }
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = pino({ level: settings.logLevel === 'info' ? 'warn' : settings.logLevel }, pino.destination(2));
  const opened = await open(settings, 'server', say);
  const { db, house, clock, pool } = opened;
  const vault = vaultOf(theSecret(settings));
  if (settings.databaseUrl && !settings.secret)
    say('Several servers on this database need one secret: set THROUGHLINE_SECRET to the same text for each.');
  let stopping = false;

  if (await foundPractices({ db, house, actor: theSystemItself, now: clock.now() })) await opened.known.refresh(db);
  const greeting = await prepareOrganisation(opened, settings.demonstration);
  const worker = startWorker(db, house, clock, log, newId(new Date()), {
    digests: digestWriter(db, house, () => addressOf(settings)),
    mail: mailSender(db, settings.smtpUrl, mailFrom(settings.publicUrl), async ({ person_id, topic, kind }, now) => {
      if (person_id && topic)
        return `${addressOf(settings)}/notices?token=${await noticeToken(db, person_id, topic, now)}`;
      // News of several kinds: each is chosen on the profile.
      return kind === 'digest' ? `${addressOf(settings)}/profile#notices` : null;
    }),
    webhooks: (now) => followHistory(db, house, now),
    deliveries: (now) => deliverOne(db, now),
    promises: (now) =>
      sweepPromises(db, house, promisedTypes, now, (fault) =>
        log.warn({ err: fault }, 'a promise could not be told and will be tried again'),
      ),
    queue: () => placePending(db),
    alerts: (now) =>
      takeInBodies(db, house, now, (fault) => log.warn({ err: fault }, 'a body of monitoring could not be taken in')),
    measures: () => foldMeasures(db),
    forgetting: nowAndThen(
      60_000,
      async (now) =>
        (await forgetOldKeys(db, now)) +
        (await forgetEnded(db, now)) +
        (await forgetPutAside(db, now, dropContents)) +
        (await forgetBodies(db, now)) +
        (await forgetOldDrafts(db, now)),
    ),
    // What another server or the command line changed of it.
    known: async () => ((await opened.known.refresh(db)) ? 1 : 0),
  });
  const web = fileURLToPath(new URL('./web', import.meta.url));
  const server = await makeServer(
    {
      db,
      house,
      clock,
      publicUrl: settings.publicUrl,
      links: addressOf(settings),
      vault,
      trustProxy: settings.trustProxy,
      web: existsSync(`${web}/index.html`) ? web : undefined,
      demonstration: greeting.demonstration,
      narrow: narrowByText,
      nudge: worker.nudge,
      catchUp: worker.catchUp,
      refreshKnown: () => opened.known.refresh(db),
      stopping: () => stopping,
    },
    log,
    async () => !stopping && isMigrated(pool),
  );

  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    // What is under way is answered; connections that only wait are closed.
    const patience = setTimeout(() => server.server.closeAllConnections(), drainMs);
    await server.close();
    clearTimeout(patience);
    await worker.stop();
    await opened.close();
    process.exit(code);
  };
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));

  try {
    const address = await server.listen({ host: settings.host, port: settings.port });
    say(`Throughline is ready: ${settings.publicUrl ?? address.replace('127.0.0.1', 'localhost')}`);
    for (const line of greeting.lines(settings.publicUrl ?? address)) say(line);
  } catch (error) {
    process.stderr.write(
      (error as { code?: string }).code === 'EADDRINUSE'
        ? `Port ${settings.port} is taken. Set PORT to another one.\n`
        : `${(error as Error).message}\n`,
    );
    await stop(1);
  }
}

main().catch((error: unknown) => {
  const known =
    error instanceof DatabaseRefusal || error instanceof MigrationRefusal || error instanceof SettingRefusal;
  process.stderr.write(
    known ? `${error.message}\n` : `${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
  );
  process.exit(error instanceof SettingRefusal ? 2 : 1);
});
