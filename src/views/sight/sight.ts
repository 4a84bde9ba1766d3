import { allActors } from '../../commons/people';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { holdsAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { Refusal } from '../../kernel/refusal';
import { type Sentence, say } from '../../kernel/sentence.contract';

export interface Seer {
  readonly person: { id: string; name: string };
  /** Completes "may see this because …". */
  readonly because: Sentence[];
  /** Also notes and files for the team. */
  readonly team: boolean;
}

/** Who can see a record, and why: everybody active, by the same relations that decide lists and searches. */
export async function whoCanSee(context: Context, type: RecordType, record: Row, limit: number, after = 0) {
  const may = context.actor.roles.includes('administrator') || context.actor.roles.includes('auditor');
  if (!may && !holdsAny(type.team, record, context.actor))
    throw new Refusal('forbidden', say`Who can see this is told to its team, auditors and administrators.`);
  const seers: Seer[] = [];
  for (const actor of await allActors(context.db)) {
    const because = type.sees.filter((relation) => relation.holds(record, actor)).map((relation) => relation.because);
    if (because.length > 0)
      seers.push({ person: { id: actor.id!, name: actor.name }, because, team: holdsAny(type.team, record, actor) });
  }
  const page = seers.slice(after, after + limit);
  return { items: page, total: seers.length, next: seers.length > after + limit ? String(after + limit) : null };
}
