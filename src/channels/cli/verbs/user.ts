import { hashPassword, keepHash, makeLink } from '../../../commons/identity';
import { theSystemItself } from '../../../kernel/actor';
import { performOne } from '../../../kernel/perform';
import { addressOf } from '../../../settings';
import { needed, readArgs } from '../arguments';
import { type CliVerb, Usage } from '../verb';

/** `user add`: a person who can sign in, or gets a link to choose a password. */
export const user: CliVerb = {
  name: 'user',
  usage: 'user add --email E --name N --role R[,R] [--department D] [--password P]',
  what: 'adds a person; without a password prints a one-time link to choose one',
  async run(cli) {
    const [verb, ...rest] = cli.args;
    if (verb !== 'add') throw new Usage('user knows the verb add.');
    const { values } = readArgs(rest, {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      department: { type: 'string' },
      password: { type: 'string' },
    });
    const email = needed(values.email, 'email');
    const name = needed(values.name, 'name');
    const roles = needed(values.role, 'role').split(',');
    const { db, house, clock } = await cli.opened();
    const now = clock.now();
    const departments = values.department ? values.department.split(',') : [];
    const { record } = await performOne({ db, house, actor: theSystemItself, now }, house.verbs.get('person.create')!, {
      input: { email, name, roles, departments },
    });
    if (values.password) await keepHash(db, String(record.id), await hashPassword(values.password), now);
    else {
      const secret = await makeLink(db, 'password', String(record.id), new Date(now.getTime() + 7 * 86_400_000));
      cli.err('No password was given. This link lets them choose one, once, within seven days:');
      cli.err(`  ${addressOf(cli.settings)}/reset?token=${secret}`);
    }
    cli.out(`${record.number}\n`);
    return 0;
  },
};
