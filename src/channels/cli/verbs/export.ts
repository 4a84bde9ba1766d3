import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { narrowByText } from '../../../commons/search';
import { theSystemItself } from '../../../kernel/actor';
import { exported, type Format } from '../../export/export';
import { readArgs } from '../arguments';
import { type CliVerb, Usage } from '../verb';

/** `export <plural>`: a whole list, filtered like its address. */
export const exportVerb: CliVerb = {
  name: 'export',
  usage: "export <plural> [--where 'state=closed&priority=1'] [--fields a,b] [--format csv|jsonl] [--out FILE]",
  what: 'writes the records of a list as CSV or as lines of JSON',
  async run(cli) {
    const { values, positionals } = readArgs(cli.args, {
      where: { type: 'string' },
      fields: { type: 'string' },
      format: { type: 'string', default: 'csv' },
      out: { type: 'string' },
    });
    const [plural] = positionals;
    if (!plural || positionals.length > 1) throw new Usage('Name one kind of record, such as incidents.');
    if (values.format !== 'csv' && values.format !== 'jsonl') throw new Usage('--format is csv or jsonl.');
    const { db, house, clock } = await cli.opened();
    const type = house.plurals.get(plural);
    if (!type) throw new Usage(`There is nothing called ${plural}. There are ${[...house.plurals.keys()].join(', ')}.`);
    const query = Object.fromEntries(new URLSearchParams(values.where ?? ''));
    if (values.fields) query.fields = values.fields;
    const context = { db, house, actor: theSystemItself, now: clock.now() };
    const pieces = exported(context, type, query, values.format as Format, narrowByText);
    // A wrong query is refused before a file is begun or a heading written.
    const head = [await pieces.next(), await pieces.next()].map((piece) => String(piece.value ?? '')).join('');
    const file = values.out ? createWriteStream(values.out, { mode: 0o600 }) : undefined;
    const write = async (piece: string) => {
      if (!file) cli.out(piece);
      else if (!file.write(piece)) await once(file, 'drain');
    };
    await write(head);
    for await (const piece of pieces) await write(piece);
    if (file) {
      file.end();
      await finished(file);
      cli.err(`Written to ${values.out}.`);
    }
    return 0;
  },
};
