import type { Verb } from '../../kernel/command';
import { type RecordType, record } from '../../kernel/record';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { plainLife } from '../keeping/life';
import { keepingVerbs, keptFields } from '../keeping/verbs';
import { administrator, roles } from '../people';
import { isCritical, topics, ways } from './notice.contract';

/** What the people of a role are told and how, unless they choose otherwise. */
export const noticeRule: RecordType = record({
  type: 'notice_rule',
  plural: 'notice-rules',
  prefix: 'TELL',
  table: 'notice_rule',
  label: 'Notice rule',
  labels: 'Notice rules',
  life: plainLife,
  sees: [administrator],
  team: [administrator],
  fields: {
    ...keptFields,
    role: { kind: 'choice', label: 'Role', choices: [...roles], required: true },
    topic: {
      kind: 'choice',
      label: 'About',
      choices: [...topics],
      choicesOf: { promise: 'agreement' },
      required: true,
    },
    way: { kind: 'choice', label: 'Comes', choices: [...ways], required: true, standard: 'at_once' },
    passes: {
      kind: 'boolean',
      label: 'Passes quiet hours',
      standard: false,
      help: 'Only promises, approvals and major incidents can.',
    },
  },
});

export const noticeRuleVerbs: readonly Verb[] = keepingVerbs(noticeRule, { make: [administrator] }, (before, input) => {
  const topic = String(input.topic ?? before.topic);
  if ((input.passes ?? before.passes) && !isCritical(topic))
    throw invalid('passes', say`Only promises, approvals and major incidents can pass quiet hours.`);
});
