import { newId } from '../../../kernel/id';
import { sealAll } from '../../../kernel/seal';
import { verifyHistory } from '../../../kernel/verify';
import type { CliVerb } from '../verb';

/** Recomputes the seals of all history. */
export const verifyHistoryVerb: CliVerb = {
  name: 'verify-history',
  usage: 'verify-history',
  what: 'recomputes the seals of all history; exit 1 with the first broken line',
  async run(cli) {
    const { db } = await cli.opened();
    await sealAll(db, newId(new Date()), new Date());
    const verdict = await verifyHistory(
      db,
      (lines) => lines % 100_000 === 0 && lines > 0 && cli.err(`${lines} lines …`),
    );
    if (verdict.broken) {
      cli.err(verdict.broken.sentence);
      cli.out(`broken at seq ${verdict.broken.seq}, line ${verdict.broken.line_id}\n`);
      return 1;
    }
    cli.out(`${verdict.lines} lines hold${verdict.unsealed > 0 ? `, ${verdict.unsealed} wait for their seal` : ''}\n`);
    return 0;
  },
};
