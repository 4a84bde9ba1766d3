import type { Opened } from '../../open';
import type { Settings } from '../../settings';

/** What a verb of the command line is given. What was asked for goes to `out`, everything else to `err`. */
export interface Cli {
  readonly args: readonly string[];
  readonly settings: Settings;
  readonly out: (text: string) => void;
  readonly err: (line: string) => void;
  /** Opens the product on first use: joins a running server's database or starts it for itself. */
  readonly opened: () => Promise<Opened>;
}

export interface CliVerb {
  readonly name: string;
  readonly usage: string;
  readonly what: string;
  /** Answers the exit code: 0 good, 1 refused or failed. Throws `Usage` for wrong usage (2). */
  readonly run: (cli: Cli) => Promise<number>;
}

/** Wrong usage: exit code 2. */
export class Usage extends Error {}
