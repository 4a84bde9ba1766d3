const most = 4;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Work that asks for a second connection while it holds one: a few at a time. Of more each could hold its first and wait
 * for its second for ever, and everybody else with them.
 */
export async function few<T>(work: () => Promise<T>): Promise<T> {
  if (running >= most) await new Promise<void>((go) => waiting.push(go));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
