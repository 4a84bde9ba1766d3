import { type Db, one, rows, sql, transact } from './database';
import { chain } from './history';

interface SealerRow {
  seq: number;
  hash: Buffer;
  tx: string;
  line_id: string;
}

/** So many lines are sealed at once. */
const most = 20_000;

/** A sealer's lease lasts this long; another process takes over when it runs out. */
const leaseMs = 5_000;

/**
 * Gives lines of finished transactions their place in the chain. Only transactions older than every running one are
 * taken, ordered by transaction and line, so that no line is ever skipped or late. Answers how many were sealed; null
 * when another process holds the lease. `now` is the machine's time: leases are about processes, not about records.
 */
export async function seal(db: Db, holder: string, now: Date): Promise<number | null> {
  return transact(db, async (trx) => {
    const mine = await one<SealerRow>(
      trx,
      sql`update sealer set holder = ${holder}, until = ${new Date(now.getTime() + leaseMs)}
          where holder is null or holder = ${holder} or until < ${now} returning seq, hash, tx::text as tx, line_id`,
    );
    if (!mine) return null;
    const lines = await rows<{ id: string; tx: string; digest: Buffer }>(
      trx,
      // The order names the column with its table: a bare "tx" would mean the text beside it, and '999' above '1000'.
      sql`select h.id, h.tx::text as tx, h.digest from history h
          where (h.tx, h.id) > (${mine.tx}::xid8, ${mine.line_id}::uuid)
            and h.tx < pg_snapshot_xmin(pg_current_snapshot())
          order by h.tx, h.id limit ${most}`,
    );
    if (lines.length === 0) return 0;
    let seq = Number(mine.seq);
    let hash = mine.hash;
    const seqs: number[] = [];
    const hashes: string[] = [];
    for (const line of lines) {
      seq += 1;
      hash = chain(hash, line.digest);
      seqs.push(seq);
      hashes.push(hash.toString('hex'));
    }
    const last = lines[lines.length - 1]!;
    await sql`insert into history_seal (seq, line_id, hash)
      select s, l, decode(h, 'hex') from unnest(${seqs}::bigint[], ${lines.map((line) => line.id)}::uuid[], ${hashes}::text[]) as x (s, l, h)`.execute(
      trx,
    );
    await sql`update sealer set seq = ${seq}, hash = ${hash}, tx = ${last.tx}::xid8, line_id = ${last.id}::uuid`.execute(
      trx,
    );
    return lines.length;
  });
}

/** Seals until nothing is left: before a backup, after an import, in tests. */
export async function sealAll(db: Db, holder: string, now: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const sealed = await seal(db, holder, now);
    if (!sealed) return total;
    total += sealed;
  }
}

/** How many lines wait for their seal, and the oldest of them. */
export async function sealLag(db: Db): Promise<{ waiting: number; oldest: Date | null }> {
  const found = await one<{ waiting: number; oldest: Date | null }>(
    db,
    sql`select count(*)::int as waiting, min(h.recorded_at) as oldest from sealer s
        join history h on (h.tx, h.id) > (s.tx, s.line_id)`,
  );
  return found!;
}

/**
 * After a restore the chain goes on behind this transaction, whatever numbers transactions had where the backup was
 * made: the lines that came with it count as sealed.
 */
export async function goOnSealing(db: Db): Promise<void> {
  await sql`update sealer s set seq = l.seq, hash = l.hash, line_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      tx = pg_current_xact_id(), holder = null
    from (select seq, hash from history_seal order by seq desc limit 1) l`.execute(db);
}
