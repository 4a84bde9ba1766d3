import { automatic } from '../../kernel/actor';
import type { Line } from '../../kernel/history';
import type { Together } from '../../kernel/house';
import { perform } from '../../kernel/perform';
import { say } from '../../kernel/sentence.contract';

/** The comment of somebody the incident is for, while it waits for them. */
const answers = ({ name, actor_id, after }: Line): boolean =>
  name === 'incident.commented' &&
  actor_id !== null &&
  (actor_id === after.requester_id || actor_id === after.beneficiary_id) &&
  after.state === 'on_hold' &&
  after.hold_reason === 'requester';

/** Who was asked has answered: the work goes on, in the same transaction as the answer. */
export const requesterAnswers: Together = {
  name: 'requester answers',
  on: answers,
  react: async (context, lines, past) => {
    const resume = context.house.verbs.get('incident.resume');
    if (past || !resume) return;
    for (const line of lines) {
      const [result] = await perform(
        {
          ...context,
          actor: automatic('rule', 'Requester answered'),
          cause: { line: line.id },
          depth: line.depth + 1,
          why: {
            rule: String(say`A comment of the requester ends a hold that waits for them.`),
            hold_reason: 'requester',
          },
        },
        resume,
        [{ id: line.record_id }],
      );
      // The row in hand is answered to the caller: it stands as it was left.
      if (result?.ok) Object.assign(line.after, result.record);
    }
  },
};
