import { goals } from './goals';
import type { Measured } from './load';
import type { PlanRead } from './plans';

export interface SetReport {
  readonly name: string;
  readonly incidents: number;
  readonly lines: number;
  readonly built?: { readonly seconds: number; readonly peakMb?: number };
  readonly startMs: number;
  readonly memory: { readonly server: number; readonly serverPeak: number; readonly database: number };
  readonly firstLoad: { readonly requests: number; readonly kilobytes: number };
  readonly operations: Readonly<Record<string, readonly Measured[]>>;
  readonly plans: { readonly read: number; readonly worst: readonly PlanRead[]; readonly tooMany: readonly PlanRead[] };
  readonly sweep: Readonly<Record<string, number>>;
}

const number = (value: number) =>
  Number.isNaN(value) ? '–' : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en');

/** Does the operation meet its goal, and the goals derived from it: p95 three times, eight clients five times. */
function verdict(name: string, isLarge: boolean, measured: readonly Measured[]): string {
  const goal = goals[name];
  if (!goal) return '';
  const [one, many] = measured;
  if (goal.perSecond) return many ? `≥ ${goal.perSecond}/s ${many.perSecond >= goal.perSecond ? 'met' : 'MISSED'}` : '';
  const most = isLarge ? goal.large : goal.small;
  if (!most || !one) return '';
  const missed = [
    ...(one.p50 > most ? ['p50'] : []),
    ...(one.p95 > 3 * most ? ['p95'] : []),
    ...(many && many.p50 > 5 * most ? ['8 clients'] : []),
  ];
  return `≤ ${most} ms ${missed.length === 0 ? 'met' : `MISSED (${missed.join(', ')})`}`;
}

/** The table of one set, as Markdown. */
export function tableOf(set: SetReport): string {
  const isLarge = set.incidents > 200_000;
  const rows = Object.entries(set.operations).map(([name, measured]) => {
    const of = (read: (one: Measured) => number) => measured.map((one) => number(read(one))).join(' / ');
    const [one] = measured;
    return [
      name,
      of((m) => m.p50),
      of((m) => m.p95),
      of((m) => m.p99),
      of((m) => m.perSecond),
      one ? `${number(one.serverCpu)} + ${number(one.databaseCpu)}` : '',
      goals[name]?.peers ?? '',
      verdict(name, isLarge, measured),
    ];
  });
  const head = [
    'operation',
    'p50 ms',
    'p95',
    'p99',
    'a second',
    'CPU ms: server + database',
    'peers, p50',
    'ours to be',
  ];
  const clients = set.operations[Object.keys(set.operations)[0] ?? '']?.map((one) => one.clients).join(' / ') ?? '';
  return [
    `## ${set.name}: ${set.incidents.toLocaleString('en')} incidents, ${set.lines.toLocaleString('en')} history lines`,
    '',
    set.built
      ? `Built through the bulk door in ${set.built.seconds.toFixed(1)} s${set.built.peakMb ? `, at most ${Math.round(set.built.peakMb)} MB` : ''}.`
      : 'Built by an earlier run.',
    `Start to first answer ${Math.round(set.startMs)} ms. Memory after use: server ${Math.round(set.memory.server)} MB (most ${Math.round(set.memory.serverPeak)}), database ${Math.round(set.memory.database)} MB.`,
    `First load of the application: ${set.firstLoad.requests} files, ${set.firstLoad.kilobytes.toFixed(0)} kB over the wire.`,
    ...Object.entries(set.sweep).map(([what, ms]) => `Clock sweep, ${what}: ${number(ms)} ms.`),
    `Plans of ${set.plans.read} lists read at most ${number(set.plans.worst[0]?.rows ?? 0)} rows for a page (${set.plans.worst[0]?.query ?? ''}).`,
    '',
    `With ${clients} clients:`,
    '',
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n');
}
