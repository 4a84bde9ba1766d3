import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { alreadyBuilt, type Built, buildSynthetic, rememberBuilt } from './build';
import { firstLoad } from './first-load';
import { client, type Measured, measure } from './load';
import { operationsOf, stageOf } from './operations';
import { mostRows, readPlans } from './plans';
import { commandLine, startProduct } from './product';
import { type SetReport, tableOf } from './report';
import { family, memoryOf, sharedMemoryOf } from './resources';
import { say } from './say';
import { measureSweep } from './sweep';

const { values } = parseArgs({
  options: {
    /** Which sets: uci, 100k, 1m, or any number with k or m. */
    sets: { type: 'string', default: 'uci,100k,1m' },
    clients: { type: 'string', default: '1,8' },
    seconds: { type: 'string', default: '4' },
    out: { type: 'string', default: 'bench/results/bench.json' },
    only: { type: 'string', default: '' },
  },
});

const root = resolve(process.env.DATA_DIR || './data', 'bench');
const shared = process.env.THROUGHLINE_SHARED ?? resolve('..', 'shared');
const log = join(shared, 'data', 'uci-incident-log', 'incident_event_log.csv.gz');
const agent = 'sam@pizza.example';

async function build(name: string, dataDir: string): Promise<{ built: Built; fresh?: SetReport['built'] } | string> {
  const known = alreadyBuilt(dataDir);
  if (known) return { built: known };
  // The first start makes the demonstration organisation, whose service desk agent is the one who measures.
  await (await startProduct(dataDir)).stop();
  if (name === 'uci') {
    if (!existsSync(log)) return `the log is not there (${log})`;
    const done = await commandLine(dataDir, 'import', 'uci-incident-log', log, '--json');
    if (done.code !== 0) throw new Error(`The import ended with ${done.code}.`);
    const outcome = JSON.parse(done.out) as { read: number; created: number };
    const built = { incidents: outcome.created, lines: outcome.read, seconds: done.seconds, until: '' };
    rememberBuilt(dataDir, built);
    return { built, fresh: { seconds: done.seconds, peakMb: done.peakMb } };
  }
  const match = /^(\d+)([km])$/.exec(name);
  if (!match) throw new Error(`There is no set ${name}.`);
  const built = await buildSynthetic(dataDir, Number(match[1]) * (match[2] === 'm' ? 1_000_000 : 1_000));
  return { built, fresh: { seconds: built.seconds, peakMb: memoryOf(process.pid).peak } };
}

async function measureSet(name: string): Promise<SetReport | string> {
  const dataDir = join(root, name);
  mkdirSync(dataDir, { recursive: true });
  say(`${name}: building`);
  const found = await build(name, dataDir);
  if (typeof found === 'string') return found;
  const sweep = await measureSweep(dataDir);
  const product = await startProduct(dataDir);
  try {
    const { out } = await commandLine(dataDir, 'token', 'create', '--user', agent, '--name', 'measurement');
    const lanes = values.clients.split(',').map(Number);
    const caller = client(product.url, out.trim(), Math.max(...lanes) * 8);
    const stage = await stageOf(caller, Math.max(...lanes));
    const operations: Record<string, Measured[]> = {};
    for (const [operation, run] of Object.entries(operationsOf(caller, stage))) {
      if (values.only && !operation.includes(values.only)) continue;
      operations[operation] = [];
      for (const clients of lanes) {
        const measured = await measure(product, clients, Number(values.seconds), run);
        operations[operation].push(measured);
        say(`  ${operation}, ${clients}: p50 ${measured.p50.toFixed(2)} ms, ${measured.perSecond.toFixed(0)} a second`);
      }
    }
    const plans = await readPlans(product.databaseUrl, agent, [
      `team_id=${stage.team}`,
      `team_id=${stage.team}&state=new,assigned,in_progress,on_hold`,
      `assignee_id=me&state=new,assigned,in_progress,on_hold`,
      ...(stage.requester ? [`requester_id=${stage.requester}`] : []),
    ]);
    plans.sort((a, b) => b.rows - a.rows);
    const server = memoryOf(product.pid);
    return {
      name,
      incidents: found.built.incidents,
      lines: found.built.lines,
      built: found.fresh,
      startMs: product.startMs,
      memory: {
        server: server.now,
        serverPeak: server.peak,
        database: product.databasePid ? sharedMemoryOf(family(product.databasePid)) : Number.NaN,
      },
      firstLoad: await firstLoad(product.url),
      operations,
      plans: { read: plans.length, worst: plans.slice(0, 5), tooMany: plans.filter(({ rows }) => rows > mostRows) },
      sweep,
    };
  } finally {
    await product.stop();
  }
}

const reports: SetReport[] = [];
for (const name of values.sets.split(',')) {
  const report = await measureSet(name);
  if (typeof report === 'string') process.stdout.write(`SKIPPED ${name}: ${report}.\n`);
  else {
    reports.push(report);
    process.stdout.write(`${tableOf(report)}\n`);
  }
}
mkdirSync(dirname(resolve(values.out)), { recursive: true });
writeFileSync(values.out, `${JSON.stringify({ node: process.version, sets: reports }, null, 2)}\n`);
say(`Written to ${values.out}.`);
const failed = reports.flatMap(({ name, plans }) =>
  plans.tooMany.map(({ query, rows }) => `${name}: ${query} reads ${rows} rows`),
);
for (const sentence of failed) say(`A list reads more than ${mostRows.toLocaleString('en')} rows: ${sentence}.`);
if (failed.length > 0) process.exitCode = 1;
