import { makeLink } from '../commons/identity';
import { one, sql, transact } from '../kernel/database';
import type { Opened } from '../open';
import { loadPizza } from './pizza';
import { signIns } from './sign-ins';

export interface Greeting {
  readonly demonstration: boolean;
  lines(address: string): string[];
}

/**
 * On the very first start: the demonstration organisation, or an empty one with a one-time set-up link. Later starts
 * only say what there is.
 */
export async function prepareOrganisation(opened: Opened, demonstration: boolean): Promise<Greeting> {
  const { db, clock } = opened;
  const kept = await one<{ value: { demonstration: boolean } }>(
    db,
    sql`select value from installation where key = 'organisation'`,
  );
  if (kept) {
    const administrators = await one(db, sql`select 1 from person where 'administrator' = any(roles) limit 1`);
    if (administrators)
      return { demonstration: kept.value.demonstration, lines: () => (kept.value.demonstration ? signInLines() : []) };
  }
  if (demonstration && !kept) {
    // All of it or nothing: a first start that was broken off begins anew.
    await transact(db, async (trx) => {
      await loadPizza({ ...opened, db: trx });
      await remember({ ...opened, db: trx }, true);
    });
    return { demonstration: true, lines: signInLines };
  }
  if (!kept) await remember(opened, false);
  const secret = await transact(db, (trx) =>
    makeLink(trx, 'set-up', null, new Date(clock.now().getTime() + 7 * 86_400_000)),
  );
  return {
    demonstration: false,
    lines: (address) => [
      'Set up the first administrator with this link, once, within seven days:',
      `  ${address}/setup?token=${secret}`,
    ],
  };
}

async function remember({ db, clock }: Opened, demonstration: boolean): Promise<void> {
  await sql`insert into installation (key, value) values ('organisation', ${JSON.stringify({ demonstration, since: clock.now() })}::jsonb)`.execute(
    db,
  );
}

function signInLines(): string[] {
  return [
    'Demonstration sign-ins (password: pizza):',
    ...signIns.map(({ email, what }) => `  ${email.padEnd(22)} ${what}`),
  ];
}
