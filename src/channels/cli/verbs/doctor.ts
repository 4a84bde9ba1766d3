import { unreadableTotp } from '../../../commons/identity';
import { secretOf, type Vault, vaultOf } from '../../../commons/vault';
import { type Db, one, sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';
import { sealAll, sealLag } from '../../../kernel/seal';
import { rebuildMeasures } from '../../../practices/improvement/measurement-and-reporting';
import { readArgs } from '../arguments';
import type { CliVerb } from '../verb';

interface Finding {
  readonly what: string;
  readonly well: boolean;
  readonly says: string;
}

const count = async (db: Db, statement: ReturnType<typeof sql>) => (await one<{ n: number }>(db, statement))?.n ?? 0;

/** What can be wrong with an installation, looked at one after the other. */
async function examine(db: Db, vault: Vault): Promise<Finding[]> {
  const version = await one<{ v: string; n: number }>(
    db,
    sql`select current_setting('server_version') as v, current_setting('server_version_num')::int as n`,
  );
  await sealAll(db, newId(new Date()), new Date());
  const lag = await sealLag(db);
  const parked = await count(db, sql`select count(*)::int as n from reaction where parked`);
  const mails = await count(db, sql`select count(*)::int as n from mail where state = 'failed'`);
  const hooks = await count(db, sql`select count(*)::int as n from webhook_delivery where state = 'failed'`);
  const bodies = await count(db, sql`select count(*)::int as n from alert_body where state = 'failed'`);
  const lost = await count(
    db,
    sql`select count(*)::int as n from record r where r.type = 'incident' and not exists (select 1 from history h where h.record_id = r.id)`,
  );
  const desks = await count(
    db,
    sql`select count(*)::int as n from department d join record r on r.id = d.id where d.desk and r.state = 'active'`,
  );
  const shut = await unreadableTotp(db, vault);
  const administrators = await count(
    db,
    sql`select count(*)::int as n from person p join record r on r.id = p.id where 'administrator' = any(p.roles) and r.state = 'active'`,
  );
  const finding = (what: string, well: boolean, good: string, bad: string): Finding => ({
    what,
    well,
    says: well ? good : bad,
  });
  return [
    finding(
      'database',
      version!.n >= 150_000,
      `PostgreSQL ${version!.v}`,
      `PostgreSQL ${version!.v} is too old: 15 or newer is needed`,
    ),
    finding(
      'seals',
      lag.waiting === 0,
      'every line is sealed',
      `${lag.waiting} lines wait for their seal; a long transaction may hold them back`,
    ),
    finding('history', lost === 0, 'every incident has its history', `${lost} incidents have none`),
    finding('reactions', parked === 0, 'none is parked', `${parked} failed too often and are parked`),
    finding('mails', mails === 0, 'none has failed', `${mails} could not be sent`),
    finding('webhooks', hooks === 0, 'none has failed', `${hooks} deliveries failed`),
    finding(
      'desk',
      desks > 0,
      'a department takes what nobody else takes',
      'no department takes what nobody else takes: mark one',
    ),
    finding(
      'alerts',
      bodies === 0,
      'every body was understood',
      `${bodies} bodies could not be understood: see their source`,
    ),
    finding(
      'administrators',
      administrators > 0,
      `${administrators} can sign in`,
      'nobody is an administrator: use the set-up link or user add',
    ),
    finding(
      'secret',
      shut === 0,
      'it opens what was sealed',
      `one-time codes of ${shut} people were sealed under another secret: set THROUGHLINE_SECRET to that, or user unlock`,
    ),
  ];
}

/** Looks an installation over; can make the figures anew. */
export const doctor: CliVerb = {
  name: 'doctor',
  usage: 'doctor [--rebuild-figures]',
  what: 'looks the installation over; exit 1 when something is wrong; can make the figures over time anew from history',
  async run(cli) {
    const { values } = readArgs(cli.args, { 'rebuild-figures': { type: 'boolean' } });
    const { db, house } = await cli.opened();
    if (values['rebuild-figures']) {
      const lines = await rebuildMeasures(db, house, (read) => cli.err(`${read} lines …`));
      cli.out(`figures made anew from ${lines} lines\n`);
    }
    const findings = await examine(db, vaultOf(secretOf(cli.settings.secret, cli.settings.dataDir)));
    for (const { what, well, says } of findings) cli.out(`${well ? 'well ' : 'WRONG'}  ${what.padEnd(15)} ${says}\n`);
    return findings.every(({ well }) => well) ? 0 : 1;
  },
};
