import { alone } from '../../import/alone';
import { Unreadable } from '../../import/csv';
import { formatNamed, formats } from '../../import/formats';
import { WrongMapping } from '../../import/mapping';
import { nothingYet, type Outcome } from '../../import/outcome';
import { readArgs } from '../arguments';
import { type Cli, type CliVerb, Usage } from '../verb';

/** `import`: brings in what another tool exported; the same file again writes nothing. */
export const importVerb: CliVerb = {
  name: 'import',
  usage: 'import <format> <file…> [--dry-run] [--map mapping.json] [--resume] [--json]',
  what: `brings in a file; formats: ${Object.keys(formats).join(', ')}`,
  async run(cli) {
    const { values, positionals } = readArgs(cli.args, {
      'dry-run': { type: 'boolean', default: false },
      map: { type: 'string' },
      resume: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const [name, ...files] = positionals;
    if (!name || files.length === 0) throw new Usage('Name a format and at least one file.');
    const format = formatNamed(name);
    if (!format) throw new Usage(`There is no format ${name}; there are ${Object.keys(formats).join(', ')}.`);
    const began = performance.now();
    const total = nothingYet();
    try {
      const work = format(values.map);
      const { db, house, clock, known } = await cli.opened();
      const at = { db, house, clock, refreshFields: () => known.refresh(db) };
      for (const file of files) {
        const options = { dryRun: values['dry-run'], resume: values.resume, progress: progressOn(cli, file) };
        const outcome = await alone(db, () => work(at, file, options));
        for (const key of ['read', 'created', 'updated', 'unchanged'] as const) total[key] += outcome[key];
        const several = files.length > 1;
        total.refused.push(
          ...outcome.refused.map(({ line, reason }) => ({ line, reason: several ? `${file}: ${reason}` : reason })),
        );
        total.reconcile.push(...outcome.reconcile);
      }
    } catch (error) {
      if (!(error instanceof Unreadable || error instanceof WrongMapping)) throw error;
      cli.err(error.message);
      return 1;
    }
    if (values.json) cli.out(`${JSON.stringify(total)}\n`);
    else cli.out(table(total, values['dry-run']));
    cli.err(`${total.read.toLocaleString('en')} lines in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
    return 0;
  },
};

/** One line a second: how far, how fast. */
function progressOn(cli: Cli, file: string): (outcome: Outcome) => void {
  const began = performance.now();
  let told = began;
  return ({ created, updated, unchanged, refused }) => {
    const now = performance.now();
    if (now - told < 1_000) return;
    told = now;
    const done = created + updated + unchanged + refused.length;
    const rate = Math.round((done / (now - began)) * 1_000);
    cli.err(`${file}: ${done.toLocaleString('en')} lines, ${rate.toLocaleString('en')} a second`);
  };
}

function table(outcome: Outcome, dryRun: boolean): string {
  const figure = (count: number) => count.toLocaleString('en').padStart(12);
  const lines = [
    ...(dryRun ? ['Nothing was written: this is what an import would do.'] : []),
    `lines read      ${figure(outcome.read)}`,
    `  new records   ${figure(outcome.created)}`,
    `  updates       ${figure(outcome.updated)}`,
    `  known already ${figure(outcome.unchanged)}`,
    `  refused       ${figure(outcome.refused.length)}`,
  ];
  if (outcome.reconcile.length > 0)
    lines.push('Counters of the source and ours, recomputed from history by its rules:');
  for (const { what, rows, equal } of outcome.reconcile)
    lines.push(`  ${what.padEnd(14)}${figure(equal)} of ${rows.toLocaleString('en')} lines equal`);
  for (const { line, reason } of outcome.refused.slice(0, 50)) lines.push(`line ${line}: ${reason}`);
  if (outcome.refused.length > 50)
    lines.push(`… and ${outcome.refused.length - 50} more refused lines (--json lists all)`);
  return `${lines.join('\n')}\n`;
}
