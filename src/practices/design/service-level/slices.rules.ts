import { type Sentence, say } from '../../../kernel/sentence.contract';
import type { Promised } from './agreement.contract';
import { slicesFor, targetsFor } from './choice.rules';

/** An amount of time as a refusal names it: "1 h 30 min". */
const amount = (seconds: number): string => {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ') || '0 s'
  );
};

/**
 * A sentence when the slices of teams, with what is left to the others, are more than the whole they are part of; null
 * when they fit. Looked at for each priority that is named, and for all others.
 */
export const slicesTooLarge = (targets: readonly Promised[]): Sentence | null => {
  const priorities = [null, ...new Set(targets.map(({ priority }) => priority).filter((one) => one !== undefined))];
  for (const priority of priorities) {
    const slices = Object.values(slicesFor({ targets }, priority));
    const { resolution, team } = targetsFor({ targets }, priority);
    if (slices.length === 0) continue;
    if (!resolution || !('seconds' in resolution)) {
      // For no priority at all nothing need be promised, as long as each that is named has a whole.
      if (priority === null && !resolution && priorities.length > 1) continue;
      return priority === null
        ? say`The teams have slices of a whole that is not promised: give resolution in seconds.`
        : say`For priority ${priority} the teams have slices of a whole that is not promised: give resolution in seconds.`;
    }
    const sum = slices.reduce((total, one) => total + one, team && 'seconds' in team ? team.seconds : 0);
    const [together, over, whole] = [sum, sum - resolution.seconds, resolution.seconds].map(amount) as [
      string,
      string,
      string,
    ];
    if (sum > resolution.seconds)
      return priority === null
        ? say`The slices of the teams are ${together} together, ${over} more than the whole of ${whole}.`
        : say`For priority ${priority} the slices of the teams are ${together} together, ${over} more than the whole of ${whole}.`;
  }
  return null;
};
