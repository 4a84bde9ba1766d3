import type { Actor } from '../../kernel/actor';
import type { Relation } from '../../kernel/policy';
import { say } from '../../kernel/sentence.contract';

const onlyLooks = (actor: Actor) => actor.roles.length > 0 && actor.roles.every((role) => role === 'auditor');

/** Everybody who is signed in, but for those who only look on: an auditor reads and changes nothing. */
export const everyoneAtWork: Relation = {
  name: 'everyone but auditors',
  because: say`everyone who is signed in may, but for auditors`,
  holds: (_row, actor) => actor.id !== null && !onlyLooks(actor),
  where: (actor) => actor.id !== null && !onlyLooks(actor),
};
