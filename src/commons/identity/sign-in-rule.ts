import type { Verb } from '../../kernel/command';
import { role } from '../../kernel/policy';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { keepingVerbs, keptFields } from '../keeping/verbs';
import { administrator, roles } from '../people';

/** Whose sign-in needs more than a password. */
export const signInRule: RecordType = record({
  type: 'sign_in_rule',
  plural: 'sign-in-rules',
  prefix: 'SIGN',
  table: 'sign_in_rule',
  label: 'Sign-in rule',
  labels: 'Sign-in rules',
  life: plainLife,
  sees: [role('administrator', 'auditor')],
  team: [administrator],
  fields: {
    ...keptFields,
    roles: {
      kind: 'texts',
      label: 'Second factor for',
      choices: roles,
      required: true,
      help: 'Whoever holds one of these roles needs a second factor, from their next step on.',
    },
    end_tokens: {
      kind: 'boolean',
      label: 'End their tokens',
      standard: false,
      help: 'Of whoever has no second factor: their tokens stop at once and end when one is set up. Those that only send alerts go on.',
    },
  },
});

export const signInRuleVerbs: Verb[] = keepingVerbs(signInRule, { make: [administrator] }, (_before, input) => {
  for (const name of (input.roles as string[] | undefined) ?? [])
    if (!(roles as readonly string[]).includes(name)) throw invalid('roles', say`There is no role ${name}.`);
});
