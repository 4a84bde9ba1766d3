import { hashPassword, keepHash, makeLink } from '../../../commons/identity';
import { personAt } from '../../../commons/people';
import { theSystemItself } from '../../../kernel/actor';
import { performOne } from '../../../kernel/perform';
import { Refusal } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { addressOf } from '../../../settings';
import { needed, readArgs } from '../arguments';
import { type Cli, type CliVerb, Usage } from '../verb';

/** `user add`: a person who can sign in, or gets a link to choose a password; `user unlock`: for who lost everything. */
export const user: CliVerb = {
  name: 'user',
  usage: 'user add --email E --name N --role R[,R] [--department D] [--password P] | user unlock --email E --reason R',
  what: 'adds a person; without a password prints a one-time link to choose one. unlock takes a second factor away',
  async run(cli) {
    const [verb, ...rest] = cli.args;
    if (verb === 'add') return add(cli, rest);
    if (verb === 'unlock') return unlock(cli, rest);
    throw new Usage('user knows the verbs add and unlock.');
  },
};

/** Also for the only administrator, whom nobody else could let in. */
async function unlock(cli: Cli, args: readonly string[]): Promise<number> {
  const { values } = readArgs([...args], { email: { type: 'string' }, reason: { type: 'string' } });
  const [email, reason] = [needed(values.email, 'email').trim().toLowerCase(), needed(values.reason, 'reason')];
  const { db, house, clock } = await cli.opened();
  const person = await personAt(db, email);
  if (!person) throw new Refusal('absent', say`Nobody active has the address ${email}.`);
  const context = { db, house, actor: theSystemItself, now: clock.now() };
  const { record } = await performOne(context, house.verbs.get('person.unlock')!, {
    id: person.id,
    input: { reason },
  });
  cli.out(`${record.number}\n`);
  return 0;
}

async function add(cli: Cli, rest: readonly string[]): Promise<number> {
  const { values } = readArgs([...rest], {
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
}
