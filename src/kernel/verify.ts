import { type Db, one, rows, sql } from './database';
import { chain, digestOf, type StoredLine } from './history';

export interface Verdict {
  readonly lines: number;
  /** Lines not sealed yet. */
  readonly unsealed: number;
  readonly broken: { readonly seq: number; readonly line_id: string; readonly sentence: string } | null;
}

type Read = StoredLine & { seq: number; hash: Buffer; line_id: string; digest: Buffer | null };

/**
 * Recomputes every digest from what the lines say and the chain from the digests. Answers the first line that does not
 * hold: changed, missing, or out of its place.
 */
export async function verifyHistory(db: Db, progress?: (lines: number) => void): Promise<Verdict> {
  let hash = Buffer.alloc(0) as Buffer;
  let seq = 0;
  const broken = (line: { seq: number; line_id: string }, sentence: string) => ({
    seq: Number(line.seq),
    line_id: line.line_id,
    sentence,
  });
  for (;;) {
    const page = await rows<Read>(
      db,
      sql`select s.seq, s.hash, s.line_id, h.* from history_seal s left join history h on h.id = s.line_id
          where s.seq > ${seq} order by s.seq limit 10000`,
    );
    for (const line of page) {
      if (Number(line.seq) !== seq + 1)
        return { lines: seq, unsealed: 0, broken: broken(line, `The seal before line ${line.seq} is missing.`) };
      if (!line.digest) return { lines: seq, unsealed: 0, broken: broken(line, `Line ${line.seq} is missing.`) };
      if (!digestOf(line).equals(line.digest))
        return { lines: seq, unsealed: 0, broken: broken(line, `Line ${line.seq} does not say what was sealed.`) };
      hash = chain(hash, line.digest);
      if (!hash.equals(line.hash))
        return { lines: seq, unsealed: 0, broken: broken(line, `Line ${line.seq} is out of its place.`) };
      seq += 1;
    }
    progress?.(seq);
    if (page.length === 0) break;
  }
  const end = await one<{ seq: number; hash: Buffer; unsealed: number }>(
    db,
    sql`select seq, hash, (select count(*)::int from history h where (h.tx, h.id) > (s.tx, s.line_id)) as unsealed from sealer s`,
  );
  const kept = end!;
  if (Number(kept.seq) !== seq || !Buffer.from(kept.hash).equals(hash))
    return {
      lines: seq,
      unsealed: kept.unsealed,
      broken: { seq: seq + 1, line_id: '', sentence: `The chain ends at line ${seq}, but ${kept.seq} were sealed.` },
    };
  return { lines: seq, unsealed: kept.unsealed, broken: null };
}
