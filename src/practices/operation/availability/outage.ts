import { departmentField, nameField, reason } from '../../../commons/keeping/verbs';
import { administrator, everyoneAtWork, staff } from '../../../commons/people';
import { type Context, type FactItem, type Verb, verb } from '../../../kernel/command';
import { among, type Row, rows, sql } from '../../../kernel/database';
import { newId } from '../../../kernel/id';
import { lifecycle } from '../../../kernel/lifecycle';
import { both, everyone, outsideWalls, role, theSystem } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import { invalid } from '../../../kernel/refusal';
import { say } from '../../../kernel/sentence.contract';
import { causesOf, type Hold, holding, holdsOf, holdToo } from './holds';

const states = { ongoing: 'open', ended: 'final' } as const;

const life = lifecycle({
  initial: 'ongoing',
  states,
  verbs: {
    inform: { from: ['ongoing'], to: '=' },
    share: { from: ['ongoing'], to: '=' },
    end: { from: ['ongoing'], to: ['ended', '='] },
    join: { from: ['ongoing'], to: '=' },
    correct: { from: ['ongoing', 'ended'], to: '=' },
  },
});

const told = { writable: false } as const;

/** What a service was without, from when to when and because of what. Major incidents and alerts make it, nobody by hand. */
export const outage: RecordType = record({
  type: 'outage',
  plural: 'outages',
  prefix: 'OUT',
  table: 'outage',
  label: 'Outage',
  labels: 'Outages',
  life,
  sees: [both(everyone, outsideWalls)],
  team: [staff],
  standardSort: '-opened_at',
  fields: {
    name: { ...nameField, ...told },
    service_id: { kind: 'reference', label: 'Service', to: 'service', ...told },
    cause_id: { kind: 'reference', label: 'Cause', to: ['incident', 'alert'], ...told },
    department: { ...departmentField, ...told },
    message: { kind: 'text', label: 'What users are told', ...told, max: 500, searched: true },
    next_update_at: { kind: 'instant', label: 'Next update', ...told },
    started_at: { kind: 'instant', label: 'Since', ...told },
    ended_at: { kind: 'instant', label: 'Until', ...told },
    opened_at: { kind: 'instant', label: 'Recorded', on: 'record', ...told, sorted: 'never null' },
  },
});

const bySystem = { on: outage, hidden: true, allow: [theSystem] } as const;

/** Who has said already that it hits them. */
async function joinedAlready(context: Context, items: readonly FactItem<Row>[]): Promise<Map<string, boolean>> {
  const found = await rows<{ record_id: string }>(
    context.db,
    sql`select record_id from watcher where person_id = ${context.actor.id}::uuid
        and record_id ${among(items.map(({ key }) => key))}`,
  );
  const known = new Set(found.map((one) => one.record_id));
  return new Map(items.map(({ key }) => [key, known.has(key)]));
}

const correctors = [administrator, role('incident_manager', 'service_owner')].map((one) => both(one, outsideWalls));

export const outageVerbs: Verb[] = [
  verb<Row>({
    ...bySystem,
    verb: 'open',
    past: 'opened',
    label: 'Open',
    creates: true,
    takes: ['name', 'service_id', 'cause_id', 'department', 'message', 'next_update_at', 'started_at'],
    required: ['name', 'service_id', 'started_at'],
    decide: (_record, input, _facts, context) => ({
      set: { ...input, state: 'ongoing' },
      children: input.cause_id ? holding(context, [String(input.cause_id)]) : [],
    }),
  }),
  // The major incident it belongs to has told users something; it may have begun as an alert.
  verb<Row, Hold[]>({
    ...bySystem,
    verb: 'inform',
    past: 'informed',
    done: 'told to users',
    label: 'Tell users',
    takes: ['message', 'next_update_at', 'cause_id'],
    facts: holdsOf,
    decide: (record, input, holds, context) => ({
      set: input,
      children: holdToo(context, record, holds, input.cause_id),
    }),
  }),
  // Something else takes the service away as well: it is not back before that has ended too.
  verb<Row, Hold[]>({
    ...bySystem,
    verb: 'share',
    past: 'shared',
    done: 'given a further cause',
    label: 'Add a cause',
    input: { held_by: { kind: 'reference', label: 'Cause', to: ['incident', 'alert'] } },
    required: ['held_by'],
    facts: holdsOf,
    decide: (record, { held_by }, holds, context) => {
      const children = holdToo(context, record, holds, held_by);
      return children.length === 0 ? {} : { internal: true, remember: { held_by }, children };
    },
  }),
  // A cause has ended; with the last of them it is over. Without causes named all of them have.
  verb<Row, Hold[]>({
    ...bySystem,
    verb: 'end',
    past: 'ended',
    label: 'End',
    input: { ended_causes: { kind: 'references', label: 'Causes that ended', to: ['incident', 'alert'] } },
    facts: holdsOf,
    decide: (record, input, holds, context) => {
      const at = context.at ?? context.now;
      const gone = (input.ended_causes as string[] | null | undefined) ?? causesOf(record, holds);
      const left = causesOf(record, holds).filter((cause) => !gone.includes(cause));
      const children = holds
        .filter(({ cause_id }) => left.length === 0 || gone.includes(cause_id))
        .map(({ id }) => ({ table: 'outage_hold', change: { id, until: at } }));
      if (left.length === 0) return { set: { state: 'ended', ended_at: at, next_update_at: null }, children };
      if (children.length === 0) return {};
      return {
        past: 'cause_ended',
        internal: true,
        set: gone.includes(String(record.cause_id)) ? { cause_id: left[0] } : {},
        remember: { ended_causes: gone },
        children,
      };
    },
  }),
  // It hits me too: whoever says so is told what happens. Saying it twice says nothing new.
  verb<Row, boolean>({
    on: outage,
    verb: 'join',
    past: 'joined',
    done: 'joined',
    label: 'It hits me too',
    allow: [everyoneAtWork],
    facts: joinedAlready,
    decide: (_record, _input, joined, context) =>
      joined
        ? {}
        : {
            internal: true,
            remember: { watcher: { person: context.actor.id } },
            children: [
              {
                table: 'watcher',
                insert: { id: newId(context.now), person_id: context.actor.id, at: context.now },
              },
            ],
          },
  }),
  // Who knows better from when to when it was sets it right, and says why.
  verb<Row>({
    on: outage,
    verb: 'correct',
    past: 'corrected',
    label: 'Correct the times',
    input: {
      started_at: { kind: 'instant', label: 'Since' },
      ended_at: { kind: 'instant', label: 'Until' },
      reason,
    },
    oneOf: ['started_at', 'ended_at'],
    required: ['reason'],
    allow: correctors,
    decide: (record, input, _facts, context) => {
      const started = (input.started_at ?? record.started_at) as Date;
      const ended = (input.ended_at ?? record.ended_at) as Date | null;
      if (input.ended_at && record.state === 'ongoing')
        throw invalid('ended_at', say`It is still going on: it ends with what caused it.`);
      if (started > context.now) throw invalid('started_at', say`An outage does not begin in the future.`);
      if (ended && ended > context.now) throw invalid('ended_at', say`An outage that has ended ended in the past.`);
      if (ended && ended < started) throw invalid('ended_at', say`An outage ends after it begins.`);
      return { set: { started_at: started, ended_at: ended }, remember: { reason: input.reason } };
    },
  }),
];
