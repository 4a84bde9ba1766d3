import { DatabaseRefusal } from '../../../db/embedded';
import { MigrationRefusal } from '../../../db/migrate';
import { Refusal } from '../../kernel/refusal';
import { type Opened, open } from '../../open';
import { readSettings, SettingRefusal } from '../../settings';
import { type Cli, type CliVerb, Usage } from './verb';
import { backup, restore } from './verbs/backup';
import { clocks } from './verbs/clocks';
import { doctor } from './verbs/doctor';
import { exportVerb } from './verbs/export';
import { importVerb } from './verbs/import';
import { token } from './verbs/token';
import { user } from './verbs/user';
import { verifyHistoryVerb } from './verbs/verify-history';

const verbs: CliVerb[] = [doctor, exportVerb, importVerb, user, token, clocks, verifyHistoryVerb, backup, restore];

const err = (line: string) => void process.stderr.write(`${line}\n`);

function help(): string {
  const lines = verbs.map((verb) => `  throughline ${verb.usage}\n      ${verb.what}`);
  return ['The verbs of the command line:', ...lines, '  throughline help', ''].join('\n');
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === 'help' || name === '--help') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  const verb = verbs.find((known) => known.name === name);
  if (!verb) {
    err(`There is no verb ${name}. “throughline help” lists them.`);
    return 2;
  }
  const settings = readSettings(process.env);
  let opened: Opened | undefined;
  const cli: Cli = {
    args,
    settings,
    out: (text) => void process.stdout.write(text),
    err,
    opened: async () => {
      opened ??= await open(settings, 'cli', err);
      return opened;
    },
  };
  try {
    return await verb.run(cli);
  } catch (error) {
    if (error instanceof Usage) {
      err(`${error.message}\nUsage: throughline ${verb.usage}`);
      return 2;
    }
    if (error instanceof Refusal) {
      const more = error.errors
        .filter(({ message }) => String(message) !== error.message)
        .map(({ field, message }) => `${field}: ${message}`);
      err([error.message, ...more].join('\n'));
      return 1;
    }
    if (error instanceof DatabaseRefusal || error instanceof MigrationRefusal || error instanceof SettingRefusal) {
      err(error.message);
      return 1;
    }
    err(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  } finally {
    await opened?.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    err(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof SettingRefusal ? 2 : 1;
  },
);
