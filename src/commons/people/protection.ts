import { type Verb, verb } from '../../kernel/command';
import type { Field } from '../../kernel/field';
import type { Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { reason } from '../keeping/verbs';

const factor: Field = {
  kind: 'choice',
  label: 'What protects the account',
  choices: ['totp', 'passkey', 'recovery_codes'],
};

/**
 * What becomes of a person's second factor, as lines of history; the secrets themselves are no fields. The first three
 * are what people do to their own account; `unlock` is for who lost everything, and its reaction takes the factors away
 * (`value-streams/guard-accounts`).
 */
export function protectionVerbs(person: RecordType, who: { self: Relation[]; keep: Relation[] }): Verb[] {
  const told = (name: string, past: string, label: string, done: string) =>
    verb<{ factor: string }>({
      on: person,
      verb: name,
      past,
      done,
      label,
      hidden: true,
      input: { factor },
      required: ['factor'],
      allow: who.self,
      decide: (_record, input) => ({ remember: { factor: input.factor } }),
    });
  return [
    told('secure', 'secured', 'Add a second factor', 'given a second factor'),
    told('unsecure', 'unsecured', 'Remove a second factor', 'relieved of a second factor'),
    told('recover', 'recovered', 'Sign in with a recovery code', 'signed in with a recovery code'),
    verb<{ reason: string }>({
      on: person,
      verb: 'unlock',
      past: 'unlocked',
      done: 'relieved of the second factor',
      label: 'Take away the second factor',
      input: { reason },
      required: ['reason'],
      allow: who.keep,
      decide: (record, input, _facts, context) => {
        // Otherwise whoever sits at an administrator's open screen would need no password.
        if (context.actor.id === record.id)
          throw new Refusal('conflict', say`This is you: remove it on your profile, with your password.`);
        return { remember: { reason: input.reason } };
      },
    }),
  ];
}
