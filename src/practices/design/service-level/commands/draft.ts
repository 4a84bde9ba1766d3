import { refuseBehindWall } from '../../../../commons/keeping/verbs';
import { administrator } from '../../../../commons/people';
import { type Context, verb } from '../../../../kernel/command';
import type { Row } from '../../../../kernel/database';
import { same } from '../../../../kernel/history';
import { role } from '../../../../kernel/policy';
import { columnOf } from '../../../../kernel/record';
import { invalid } from '../../../../kernel/refusal';
import { agreement, contentFields } from '../agreement';
import type { KeptCase, Match, Promised } from '../agreement.contract';
import { targetNames } from '../clock.contract';
import { slicesTooLarge } from '../slices.rules';
import { contradiction } from '../trial.rules';

/** Who makes agreements: administrators, and those who answer for services. */
export const makers = [administrator, role('service_owner')];

/** What cannot be promised together; `record` is the agreement as it was, empty for a new one. */
function check(context: Context, record: Row, input: Row): void {
  const value = (name: string) => (input[name] === undefined ? record[name] : input[name]);
  const from = value('effective_on') as string;
  const until = value('valid_until') as string | null | undefined;
  if (until && until < from)
    throw invalid('valid_until', 'An agreement cannot end before it begins: valid_until lies before effective_on.');
  refuseBehindWall(context, 'match.department', (input.match as Match | undefined)?.department);
  checkStates(context, (input.pause_states ?? []) as string[]);
  for (const target of (input.pause_targets ?? []) as string[])
    if (!(targetNames as readonly string[]).includes(target))
      throw invalid('pause_targets', `A target is one of ${targetNames.join(', ')}.`);
  for (const [at, promised] of ((input.targets ?? []) as Promised[]).entries())
    if (promised.at_field !== undefined && !isInstantField(context, promised.at_field))
      throw invalid(`targets.${at}.at_field`, `No record has an instant called ${promised.at_field}.`);
  const tooLarge = slicesTooLarge((value('targets') ?? []) as Promised[]);
  if (tooLarge && input.targets !== undefined) throw invalid('targets', tooLarge);
  for (const [at, one] of ((input.cases ?? []) as KeptCase[]).entries()) {
    const wrong = contradiction(one.events);
    if (wrong) throw invalid(`cases.${at}.events`, wrong);
  }
}

function checkStates(context: Context, names: readonly string[]): void {
  const known = new Set([...context.house.types.values()].flatMap((type) => Object.keys(type.life.states)));
  for (const name of names) if (!known.has(name)) throw invalid('pause_states', `No record has a state ${name}.`);
}

const isInstantField = (context: Context, name: string): boolean =>
  [...context.house.types.values()].some((type) => context.house.fieldsOf(type)[name]?.kind === 'instant');

/** Lists that were emptied by null are empty lists; fields of the match that are null are not named. */
function tidy(input: Row): Row {
  const out: Row = { ...input };
  for (const name of ['escalations', 'cases', 'pause_states', 'pause_targets', 'parties'])
    if (out[name] === null) out[name] = [];
  if (out.match === null) out.match = {};
  if (out.match)
    out.match = Object.fromEntries(Object.entries(out.match as Match).filter(([, value]) => value !== null));
  return out;
}

export const create = verb<Row>({
  on: agreement,
  verb: 'create',
  past: 'created',
  label: 'Draft',
  creates: true,
  takes: 'writable',
  allow: makers,
  decide: (_record, given, _facts, context) => {
    const input = tidy(given);
    check(context, {}, input);
    return {
      set: { escalations: [], cases: [], match: {}, ...input, state: 'draft', agreement_version: 1 },
    };
  },
});

/** A change of what was agreed makes the next draft version; the published one stays in force until that is published. */
export const edit = verb<Row>({
  on: agreement,
  verb: 'edit',
  past: 'edited',
  label: 'Edit',
  takes: 'writable',
  allow: makers,
  decide: (record, given, _facts, context) => {
    const input = tidy(given);
    check(context, record, input);
    const changed = contentFields.some((name) => {
      const field = agreement.fields[name]!;
      return input[name] !== undefined && !same(input[name], record[columnOf(name, field)] ?? null);
    });
    if (!changed) return { set: input };
    const unaccepted = { accepted_by_id: null, accepted_at: null };
    if (record.state !== 'published') return { set: { ...input, ...unaccepted } };
    const next = Number(record.agreement_version) + 1;
    return { set: { ...input, ...unaccepted, state: 'draft', agreement_version: next }, past: 'revised' };
  },
});
