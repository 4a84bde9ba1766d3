import { takenBack } from '../../commons/taking-back';
import { automatic } from '../../kernel/actor';
import { calledField } from '../../kernel/called';
import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { Line } from '../../kernel/history';
import type { Afterwards } from '../../kernel/house';
import { load } from '../../kernel/load';
import { performSparing } from '../../kernel/perform-sparing';
import { say } from '../../kernel/sentence.contract';
import {
  type ActionRule,
  type Acts,
  actionRulesInForce,
  actsOf,
  anyActionRule,
  asked,
  asSorted,
  type ByRule,
  calledInTexts,
  clashesOf,
  doneByRules,
  incident,
  inputsOf,
  isFor,
  isNothing,
  longestChain,
  occasionsOf,
  watchersNow,
  without,
} from '../../practices/operation/incident';
import { type Case, carryOut, type Fault, tellFaults } from './act';
import { beginToWait, waitAnew } from './quiet';
import { rootsOf } from './roots';

/** What is known of the incidents of a set of lines while rules go through them. */
interface Known {
  /** By record; changes as rules act. */
  readonly records: Map<string, Row>;
  readonly roots: ReadonlyMap<string, string>;
  readonly done: Map<string, ByRule[]>;
  readonly watchers: Map<string, string[]>;
}

const waitedBy = (line: Line): string | undefined =>
  line.name === 'incident.waited' ? (line.why as { waited_by?: string } | null)?.waited_by : undefined;

const isHeard = (rule: ActionRule, line: Line): boolean => {
  const waited = waitedBy(line);
  return waited ? waited === rule.id : rule.occasion !== 'quiet' && occasionsOf(line).includes(rule.occasion);
};

/** What a condition is asked about: the incident as it stands, and what has just happened to it. */
function asHeard(line: Line, record: Row): Row {
  const said = line.changes.find(({ field }) => field === 'comment')?.after as { text?: string } | undefined;
  return { ...asSorted(record), changed: line.changes.map(({ field }) => field), comment: said?.text ?? '' };
}

/** Rules in their order; each sees what those before it have done. */
async function goThrough(
  context: Context,
  rules: readonly ActionRule[],
  lines: readonly Line[],
  known: Known,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  const stopped = new Set<string>();
  const judgeAll = async () => {
    const heard = new Map(
      lines.flatMap((line) => {
        const record = known.records.get(line.record_id);
        return record ? [[line.id, asHeard(line, record)]] : [];
      }),
    );
    return { heard, about: await asked(context, rules, [...heard.values()], false, 'any') };
  };
  let { heard, about } = await judgeAll();
  const holds = (rule: ActionRule, line: Line) => {
    const one = heard.get(line.id);
    return one !== undefined && isFor(rule, one) && about.judge(rule, one) === true;
  };
  for (const rule of rules) {
    const cases: Case[] = [];
    for (const line of lines) {
      const [record, one] = [known.records.get(line.record_id), heard.get(line.id)];
      if (!record || !one || stopped.has(line.id) || !isHeard(rule, line) || !isFor(rule, record)) continue;
      const wrong = about.fault(rule, one);
      if (wrong !== null) {
        faults.push({
          rule_id: rule.id,
          sentence: String(say`Its condition cannot be judged. ${wrong}`),
          incident: line.record_id,
        });
        continue;
      }
      if (!holds(rule, line)) continue;
      const root = known.roots.get(line.id)!;
      const done = known.done.get(line.record_id) ?? [];
      // It does not act on what it has led to itself.
      if (done.some((one) => one.rule_id === rule.id && one.root === root)) continue;
      if (rule.stop) stopped.add(line.id);
      const wanted = actsOf(rule, asSorted(record), known.watchers.get(line.record_id) ?? []);
      const guarded = await guard(context, rule, line, root, wanted, done, faults);
      if (!guarded || isNothing(guarded)) continue;
      const others = rules.filter((other) => other.id !== rule.id && isHeard(other, line));
      cases.push({
        line,
        record,
        acts: guarded,
        why: {
          rule: String(say`${rule.number} (version ${rule.version}), ${rule.name}`),
          rule_id: rule.id,
          rule_version: rule.version,
          root,
          inputs: inputsOf(about.values(rule, one)),
          alternatives: others.slice(0, 10).map((other) => ({
            rule: other.number,
            because: String(
              stopped.has(line.id) && other.rank > rule.rank
                ? say`comes after it`
                : holds(other, line)
                  ? say`fits too`
                  : say`does not fit`,
            ),
          })),
        },
      });
    }
    if (cases.length === 0) continue;
    faults.push(...(await carryOut(context, rule, cases)));
    const ids = cases.map(({ line }) => line.record_id);
    for (const { line, record } of cases) known.records.set(line.record_id, record);
    for (const [id, done] of await doneByRules(context.db, ids)) known.done.set(id, done);
    for (const [id, people] of await watchersNow(context.db, ids)) known.watchers.set(id, people);
    ({ heard, about } = await judgeAll());
  }
  return faults;
}

/** What is left of the acts once nothing goes in circles; undefined where the chain ends here. */
async function guard(
  context: Context,
  rule: ActionRule,
  line: Line,
  root: string,
  wanted: Acts,
  done: readonly ByRule[],
  faults: Fault[],
) {
  if (isNothing(wanted)) return wanted;
  if (line.depth >= longestChain) {
    const sentence = String(say`It was stopped: rules had set each other off ${longestChain} times in a row.`);
    await halt(context, line, rule, root, sentence);
    faults.push({ rule_id: rule.id, sentence, incident: line.record_id });
    return undefined;
  }
  const clashes = clashesOf(
    wanted,
    done.filter(({ rule_id, lately }) => lately && rule_id !== rule.id),
  );
  for (const { field, other_id, other } of clashes) {
    const label = calledField(field, context.house.fieldsOf(incident)[field]);
    const sentence = String(say`It was stopped: it would take back the ${label} that ${other} has just set.`);
    await halt(context, line, rule, root, sentence);
    faults.push({ rule_id: rule.id, sentence, incident: line.record_id });
    faults.push({
      rule_id: other_id,
      sentence: String(say`${calledInTexts(rule)} would take back the ${label} it sets: the two undo each other.`),
      incident: line.record_id,
    });
  }
  return without(
    wanted,
    clashes.map(({ field }) => field),
  );
}

/** A line says so; the rule has had its turn in this chain. */
async function halt(context: Context, line: Line, rule: ActionRule, root: string, sentence: string): Promise<void> {
  const verb = context.house.verbs.get('incident.halt')!;
  await performSparing({ ...context, actor: automatic('rule', rule.number) }, verb, [
    {
      id: line.record_id,
      input: { sentence },
      cause: { line: line.id },
      why: { rule: String(say`${rule.number} (version ${rule.version}), ${rule.name}`), rule_id: rule.id, root },
    },
  ]);
}

/** When something happened to an incident, the organisation's own rules act on it. */
const actOnIncidents: Afterwards = {
  name: 'follow rules',
  on: (line) => line.type === 'incident' && line.actor_kind !== 'import',
  where: anyActionRule,
  async react(context, lines) {
    const rules = await actionRulesInForce(context.db);
    if (rules.length === 0) return;
    const ids = [...new Set(lines.map(({ record_id }) => record_id))];
    const asking = lines.filter((line) => rules.some((rule) => isHeard(rule, line)));
    // Whoever takes an act back meanwhile waits until the rules have acted, and takes that back too.
    const found = await load(context, incident, ids, { lock: asking.length > 0 });
    const records = new Map(found.map((row) => [String(row.id), row]));
    await waitAnew(context, rules, lines, records);
    if (asking.length === 0) return;
    const gone = await takenBack(context, asking);
    const heard = asking.filter((line) => !gone.has(line.id));
    if (heard.length === 0) return;
    const known: Known = {
      records,
      roots: await rootsOf(context, heard),
      done: await doneByRules(context.db, ids),
      watchers: await watchersNow(context.db, ids),
    };
    for (const depth of new Set(heard.map((line) => line.depth))) {
      const mine = heard.filter((line) => line.depth === depth);
      const under: Context = { ...context, depth: depth + 1, cause: undefined };
      await tellFaults(under, await goThrough(under, rules, mine, known));
    }
  },
};

export const followRules: readonly Afterwards[] = [actOnIncidents, beginToWait];
