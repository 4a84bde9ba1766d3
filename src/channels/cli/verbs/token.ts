import { makeToken } from '../../../commons/identity';
import { one, sql } from '../../../kernel/database';
import { needed, readArgs } from '../arguments';
import { type CliVerb, Usage } from '../verb';

/** `token create`: prints the token alone. */
export const token: CliVerb = {
  name: 'token',
  usage: 'token create --user E --name N [--scope all|read|hooks] [--days N]',
  what: 'makes a personal API token and prints it',
  async run(cli) {
    const [verb, ...rest] = cli.args;
    if (verb !== 'create') throw new Usage('token knows the verb create.');
    const { values } = readArgs(rest, {
      user: { type: 'string' },
      name: { type: 'string' },
      scope: { type: 'string', default: 'all' },
      days: { type: 'string' },
    });
    const email = needed(values.user, 'user').toLowerCase();
    const name = needed(values.name, 'name');
    if (values.scope !== 'all' && values.scope !== 'read' && values.scope !== 'hooks')
      throw new Usage('--scope is all, read or hooks.');
    if (values.days && !/^\d{1,5}$/.test(values.days)) throw new Usage('--days is a number of days.');
    const { db, clock } = await cli.opened();
    const person = await one<{ id: string }>(db, sql`select id from person where email = ${email}`);
    if (!person) {
      cli.err(`Nobody has the e-mail ${email}.`);
      return 1;
    }
    const now = clock.now();
    const ends = values.days ? new Date(now.getTime() + Number(values.days) * 86_400_000) : null;
    const made = await makeToken(db, person.id, { name, scope: values.scope, ends_at: ends }, now);
    cli.out(`${made.token}\n`);
    return 0;
  },
};
