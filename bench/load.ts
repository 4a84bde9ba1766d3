import { Agent, request as send } from 'node:http';
import type { Product } from './product';
import { cpuByProcess, cpuOf, family } from './resources';

/** A client of the product with a token of its own. */
export interface Client {
  /** Answers the body; throws when the status is not one of success. */
  ask(method: string, path: string, body?: unknown): Promise<Buffer>;
}

export function client(url: string, token: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  return {
    ask: (method, path, body) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body);
        const headers: Record<string, string> = { authorization: `Bearer ${token}` };
        if (text !== undefined) headers['content-type'] = 'application/json';
        const sent = send({ agent, hostname, port, method, path, headers }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const whole = Buffer.concat(chunks);
            if ((answer.statusCode ?? 500) < 400) resolve(whole);
            else reject(new Error(`${method} ${path}: ${answer.statusCode} ${whole.toString().slice(0, 300)}`));
          });
          answer.on('error', reject);
        });
        sent.on('error', reject);
        sent.end(text);
      }),
  };
}

export interface Measured {
  readonly clients: number;
  readonly count: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Milliseconds of processor time for each, of the server and of the database. */
  readonly serverCpu: number;
  readonly databaseCpu: number;
}

/** An operation: `lane` is the client's number, `turn` counts its calls. */
export type Operation = (lane: number, turn: number) => Promise<unknown>;

/**
 * Waits until the product rests: what earlier operations left to its background (notifications, alerts, figures, seals)
 * is not to be measured with the next. Two minutes at most.
 */
export async function rest(product: Product): Promise<void> {
  const used = () => cpuOf([product.pid]) + cpuOf(product.databasePid ? family(product.databasePid) : []);
  for (let turn = 0, calm = 0; turn < 240 && calm < 3; turn++) {
    const before = used();
    await new Promise((go) => setTimeout(go, 500));
    // A twentieth of one core is what it uses to look whether there is something to do.
    calm = used() - before < 0.06 ? calm + 1 : 0;
  }
}

/** Runs an operation again and again with so many clients for so many seconds, after a second of warming up. */
export async function measure(product: Product, clients: number, seconds: number, run: Operation): Promise<Measured> {
  await rest(product);
  const samples: number[] = [];
  let turn = 0;
  const lane = async (number: number, until: number, keep: boolean) => {
    while (performance.now() < until) {
      const began = performance.now();
      await run(number, turn++);
      if (keep) samples.push(performance.now() - began);
    }
  };
  const lanes = (until: number, keep: boolean) =>
    Promise.all(Array.from({ length: clients }, (_, number) => lane(number, until, keep)));
  await lanes(performance.now() + Math.min(1_000, seconds * 300), false);
  const databaseNow = () => cpuByProcess(product.databasePid ? family(product.databasePid) : []);
  const [serverBefore, databaseBefore] = [cpuOf([product.pid]), databaseNow()];
  const began = performance.now();
  await lanes(began + seconds * 1_000, true);
  const took = (performance.now() - began) / 1000;
  const server = cpuOf([product.pid]) - serverBefore;
  let database = 0;
  for (const [pid, cpu] of databaseNow()) database += cpu - (databaseBefore.get(pid) ?? 0);
  samples.sort((a, b) => a - b);
  const at = (share: number) => samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? Number.NaN;
  return {
    clients,
    count: samples.length,
    perSecond: samples.length / took,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    serverCpu: (server * 1000) / samples.length,
    databaseCpu: (database * 1000) / samples.length,
  };
}
