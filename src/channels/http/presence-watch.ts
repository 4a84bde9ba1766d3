import { everySeat, type Told, toldOf } from '../../commons/presence';
import type { Actor } from '../../kernel/actor';
import type { App } from './app';

const everyMs = 1_000;

/**
 * Who looks at what, read at most once a second however many listen; not at all while nobody does. `told` answers what
 * one caller is to hear anew: the records whose company changed since they were last told.
 */
export function watchPresence(app: App) {
  let seats: Awaited<ReturnType<typeof everySeat>> = [];
  let readAt = 0;
  let reading: Promise<void> | undefined;
  const refresh = async (at: number) => {
    if (at - readAt < everyMs) return;
    reading ??= everySeat(app.db, app.clock.now())
      .then((found) => {
        seats = found;
        readAt = at;
      })
      .finally(() => {
        reading = undefined;
      });
    await reading;
  };
  /** One listener: what it heard last of each record. */
  return () => {
    const heard = new Map<string, string>();
    return async (actor: Actor, at: number): Promise<Told[]> => {
      await refresh(at);
      const now = toldOf(app.house, actor, seats);
      const news = now.filter((one) => {
        const said = JSON.stringify(one.items);
        const known = heard.get(one.id) ?? '[]';
        heard.set(one.id, said);
        return known !== said;
      });
      for (const id of heard.keys()) if (!now.some((one) => one.id === id)) heard.delete(id);
      return news;
    };
  };
}
