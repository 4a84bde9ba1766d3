import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { narrowByText } from '../../../commons/search';
import { theSystemItself } from '../../../kernel/actor';
import { type ExportFormat, exportTable } from '../../export/table';
import { readArgs } from '../arguments';
import { type CliVerb, Usage } from '../verb';

/** `export`: a list as CSV or JSON lines, to stdout or a file. */
export const exportVerb: CliVerb = {
  name: 'export',
  usage: "export <plural> [--where 'state=closed&priority=1'] [--format csv|jsonl] [--out FILE]",
  what: 'writes every record that matches, custom fields included; --where is the query of a list, fields= and sort= too',
  async run(cli) {
    const { values, positionals } = readArgs(cli.args, {
      where: { type: 'string', default: '' },
      format: { type: 'string', default: 'csv' },
      out: { type: 'string' },
    });
    const [plural, ...more] = positionals;
    if (!plural || more.length > 0) throw new Usage('Name one kind of record, such as incidents.');
    if (values.format !== 'csv' && values.format !== 'jsonl') throw new Usage('--format is csv or jsonl.');
    const { db, house, clock } = await cli.opened();
    const type = house.plurals.get(plural);
    if (!type) {
      cli.err(`There is nothing called ${plural} here.`);
      return 1;
    }
    const context = { db, house, actor: theSystemItself, now: clock.now() };
    const query = Object.fromEntries(new URLSearchParams(values.where));
    const pieces = await exportTable(context, type, query, values.format as ExportFormat, narrowByText);
    try {
      await writeTo(values.out, pieces);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === 'EPIPE') return 0;
      if (code === undefined || values.out === undefined) throw error;
      cli.err(`${values.out} cannot be written: ${message}.`);
      return 1;
    }
    return 0;
  },
};

async function writeTo(path: string | undefined, pieces: AsyncGenerator<string>): Promise<void> {
  const target = path === undefined ? process.stdout : createWriteStream(path);
  let failed: Error | undefined;
  target.on('error', (error) => {
    failed = error;
  });
  for await (const piece of pieces) {
    if (failed) break;
    if (!target.write(piece)) await Promise.race([once(target, 'drain'), once(target, 'close')]).catch(() => undefined);
  }
  if (path !== undefined && !failed) {
    target.end();
    await once(target, 'close').catch(() => undefined);
  }
  if (failed) throw failed;
}
