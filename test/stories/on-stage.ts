import { afterAll, beforeAll, test } from 'vitest';
import { type Stage, setStage } from './stage';

/** Sets one stage for all stories of a file; each is skipped with the reason where there is no browser. */
export function onStage(
  env: Record<string, string> = {},
): (name: string, play: (stage: Stage) => Promise<void>) => void {
  let stage: Stage | null = null;
  let reason = '';
  beforeAll(async () => {
    const set = await setStage(env);
    stage = set.stage;
    reason = set.reason ?? '';
  }, 400_000);
  afterAll(() => stage?.end());
  return (name, play) =>
    test(name, async (context) => {
      if (!stage) return context.skip(reason);
      try {
        await play(stage);
      } catch (error) {
        if (error instanceof Error) error.message += `\n\n${await stage.scene()}`;
        // A browser left open would go on acting in the stories after this one.
        await Promise.all(stage.browser.contexts().map((context) => context.close()));
        throw error;
      }
    }, 180_000);
}
