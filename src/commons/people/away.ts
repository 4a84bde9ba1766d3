import { type Verb, verb } from '../../kernel/command';
import { type Row, sql } from '../../kernel/database';
import type { Field } from '../../kernel/field';
import type { Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { invalid, Refusal } from '../../kernel/refusal';
import { type Sentence, say } from '../../kernel/sentence.contract';
import { reason } from '../keeping/verbs';
import { type OpenWork, openWorkOf } from './open-work';

/** Leads a team this person is in. */
export const leadsThem: Relation = {
  name: 'lead of their team',
  because: say`they lead a team of this person`,
  holds: (row, actor) =>
    actor.roles.includes('team_lead') &&
    ((row.team_ids as string[] | null | undefined) ?? []).some((id) => actor.teams.includes(id)),
  where: (actor) =>
    actor.roles.includes('team_lead') && actor.teams.length > 0
      ? sql`r.id in (select p.id from person p where p.team_ids && ${[...actor.teams]}::uuid[])`
      : false,
};

/** The date where a person is, `YYYY-MM-DD`. */
const todayOf = (person: Row, now: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: String(person.time_zone ?? 'UTC') }).format(now);

const isAway = (person: Row, today: string): boolean =>
  (person.absent_from != null || person.absent_until != null) &&
  (person.absent_from == null || String(person.absent_from) <= today) &&
  (person.absent_until == null || String(person.absent_until) >= today);

const until: Field = { kind: 'date', label: 'Away until', help: 'The last day. Empty: today alone.' };

const handOver: Field = {
  kind: 'boolean',
  label: 'Hand over the open work',
  help: 'It goes to those of their teams who are there. What nobody is there for waits in its team.',
};

/**
 * Somebody is away, is back, or leaves for good. What becomes of their open work belongs to the same act and is done
 * by its reaction (`value-streams/hand-over-work`).
 */
export function awayVerbs(person: RecordType, who: { lead: Relation[]; back: Relation[]; keep: Relation[] }): Verb[] {
  return [
    verb<{ reason: string; until?: string | null }>({
      on: person,
      verb: 'relieve',
      past: 'relieved',
      done: 'relieved of their work',
      label: 'Hand over the work',
      undo: true,
      input: { until, reason },
      required: ['reason'],
      allow: who.lead,
      decide: (record, input, _facts, context) => {
        const today = todayOf(record, context.now);
        if (input.until && input.until < today)
          throw invalid('until', say`It is over by then: name today or a later day.`);
        const away = isAway(record, today);
        return {
          set: {
            absent_from: away ? record.absent_from : today,
            absent_until: input.until ?? (away ? record.absent_until : today),
          },
          remember: { reason: input.reason },
        };
      },
    }),
    verb<{ reason?: string }>({
      on: person,
      verb: 'return',
      past: 'returned',
      done: 'marked as back',
      label: 'Is back',
      undo: true,
      input: { reason },
      allow: who.back,
      unfit: (record) =>
        record.absent_from == null && record.absent_until == null ? say`${String(record.title)} is not away.` : null,
      decide: (_record, input) => ({
        set: { absent_from: null, absent_until: null },
        remember: { reason: input.reason },
      }),
    }),
    verb<{ reason?: string; hand_over?: boolean }, readonly OpenWork[]>({
      on: person,
      verb: 'retire',
      past: 'retired',
      label: 'Retire',
      undo: true,
      input: { reason, hand_over: handOver },
      allow: who.keep,
      facts: async (context, items) => {
        const work = await openWorkOf(
          context,
          items.map(({ key }) => key),
        );
        return new Map(items.map(({ key }) => [key, work.filter((one) => one.assignee_id === key)]));
      },
      decide: (record, input, work) => {
        if (work.length > 0 && !input.hand_over) throw new Refusal('conflict', stillHas(record, work));
        return {
          set: { state: 'retired' },
          remember: { reason: input.reason, hand_over: work.length > 0 || null },
        };
      },
    }),
  ];
}

function stillHas(person: Row, work: readonly OpenWork[]): Sentence {
  const [first] = work;
  return work.length === 1
    ? say`${String(person.title)} still has ${first!.number}: hand it over in the same act.`
    : say`${String(person.title)} still has ${work.length} open records, ${first!.number} among them: hand them over in the same act.`;
}
