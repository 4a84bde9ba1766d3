import { renameSync, rmSync } from 'node:fs';
import { writeBackup } from '../../../../db/backup';
import { readBackup, UnreadableBackup } from '../../../../db/restore';
import { sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';
import { goOnSealing, sealAll } from '../../../kernel/seal';
import { verifyHistory } from '../../../kernel/verify';
import { type CliVerb, Usage } from '../verb';

function oneFile(args: readonly string[], usage: string): string {
  const [file] = args;
  if (!file || args.length > 1) throw new Usage(`Name one file: ${usage}.`);
  return file;
}

export const backup: CliVerb = {
  name: 'backup',
  usage: 'backup <file>',
  what: 'writes everything into one file: records, history with its seals, files, settings',
  async run(cli) {
    const file = oneFile(cli.args, this.usage);
    const { db, clock } = await cli.opened();
    await sealAll(db, newId(new Date()), new Date());
    const verdict = await verifyHistory(db);
    if (verdict.broken) {
      cli.err(`Not backed up: ${verdict.broken.sentence} Run verify-history and find out why first.`);
      return 1;
    }
    const partial = `${file}.partial`;
    try {
      const count = await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((trx) => writeBackup(trx, partial, clock.now(), cli.err));
      renameSync(partial, file);
      cli.out(`${count} rows, ${verdict.lines} sealed lines of history\n`);
      return 0;
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
  },
};

export const restore: CliVerb = {
  name: 'restore',
  usage: 'restore <file>',
  what: 'brings a backup back, only into an empty organisation',
  async run(cli) {
    const file = oneFile(cli.args, this.usage);
    const { db } = await cli.opened();
    const taken = await sql`select 1 from record limit 1`.execute(db);
    if (taken.rows.length > 0) {
      cli.err('Not restored: this organisation is not empty. Restore into a new DATA_DIR or database.');
      return 1;
    }
    try {
      const count = await db.transaction().execute(async (trx) => {
        const filled = await readBackup(trx, file, cli.err);
        await goOnSealing(trx);
        return filled;
      });
      const verdict = await verifyHistory(db);
      if (verdict.broken) {
        cli.err(`Restored, but the history does not hold: ${verdict.broken.sentence}`);
        return 1;
      }
      await sql`analyze`.execute(db);
      cli.out(`${count} rows, ${verdict.lines} sealed lines of history hold\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof UnreadableBackup)) throw error;
      cli.err(`Not restored, nothing was changed: ${error.message}`);
      return 1;
    }
  },
};
