import { z } from 'zod';
import { calledMany, calledVerb } from '../../kernel/called';
import type { House, Verb } from '../../kernel/command';
import { readInput } from '../../kernel/input';
import { type RecordType, record } from '../../kernel/record';
import { invalid, Refusal } from '../../kernel/refusal';
import { say, wrong } from '../../kernel/sentence.contract';
import { type Check, keepingVerbs } from '../keeping/verbs';
import { staff } from '../people';
import { changesShared, checkSharing, forgetVerb, makesShared, seesShared, sharedFields, sharedLife } from '../sharing';
import { checkVariables } from './text-template';

const step = z.strictObject({
  verb: z.string(wrong`A step names a verb.`).min(1, wrong`A step names a verb.`).max(60),
  input: z.record(z.string(), z.json()).default({}),
});
export type Step = z.infer<typeof step>;

/** Verbs with their input, done one after the other. */
export const stepList = z
  .array(step, wrong`This must be a list of steps, each with a verb and its input.`)
  .min(1, wrong`At least one step is needed.`)
  .max(10, wrong`At most ten steps are possible.`);

/** Several verbs under one name: done together or not at all. */
export const macro: RecordType = record({
  type: 'macro',
  plural: 'macros',
  prefix: 'MACRO',
  table: 'macro',
  label: 'Macro',
  labels: 'Macros',
  life: sharedLife,
  sees: seesShared,
  team: [staff],
  standardSort: 'rank,name',
  fields: {
    ...sharedFields,
    record_type: { kind: 'text', label: 'Kind of record', writable: 'creation', required: true, max: 60 },
    steps: { kind: 'json', label: 'Steps', shape: stepList, required: true },
    next: { kind: 'boolean', label: 'Then the next record', standard: false },
  },
});

/** A verb a series may contain; throws 422 where it is none. Files need their bytes and stay outside. */
export function seriesVerb(house: House, type: RecordType, name: string, at: string, creates = false): Verb {
  const verb = house.verbs.get(`${type.type}.${name}`);
  if (!verb || verb.hidden || (verb.creates ?? false) !== creates || ['attach', 'detach'].includes(verb.verb))
    throw invalid(at, say`${calledMany(type)} have no verb ${name} here.`);
  return verb;
}

const check =
  (house: () => House): Check =>
  (before, input, context) => {
    const name = String(input.record_type ?? before.record_type);
    const type = house().types.get(name);
    if (!type) throw invalid('record_type', say`There is no record type ${name}.`);
    for (const [at, { verb: named, input: given }] of ((input.steps as Step[] | undefined) ?? []).entries()) {
      const verb = seriesVerb(house(), type, named, `steps.${at}.verb`);
      try {
        readInput(house(), verb, given);
      } catch (error) {
        throw error instanceof Refusal ? inStep(error, at, verb) : error;
      }
      for (const [key, value] of Object.entries(given))
        if (typeof value === 'string') checkVariables(house(), `steps.${at}.input.${key}`, value);
    }
    checkSharing(before, input, context);
  };

/** A refusal of one step, as the refusal of the whole: it names the step. */
export function inStep(refusal: Refusal, at: number, verb: Verb): Refusal {
  return new Refusal(
    refusal.code,
    say`Step ${at + 1}, ${calledVerb(verb)}: ${refusal.sentence}`,
    refusal.errors.map(({ field, message }) => ({ field: `steps.${at}.input.${field}`, message })),
  );
}

export function macroVerbs(house: () => House): Verb[] {
  return [
    ...keepingVerbs(macro, { make: makesShared, change: changesShared }, check(house)),
    forgetVerb(macro, { steps: [] }),
  ];
}
