import { useTranslation } from 'react-i18next';
import type { RecordRow } from '../../api/types';
import { type Step, Tracker } from '../../kit/tracker';
import { useMinute } from '../../words/now';
import { refOf, textOf } from '../../words/record';
import { useWords } from '../../words/use-words';

const order = ['sent', 'looked', 'fixed', 'confirmed'] as const;

/** Which step a state stands for: everything before it is done. */
export function stepOf(state: string): number {
  if (state === 'new' || state === 'assigned') return 0;
  if (state === 'in_progress' || state === 'on_hold') return 1;
  if (state === 'resolved') return 2;
  return 4;
}

/** An incident as its requester follows it: steps, who has the ball, by when. */
export function TicketTracker({ record }: { record: RecordRow }) {
  const { t } = useTranslation('portal');
  const words = useWords();
  const minute = useMinute();
  const state = textOf(record, 'state');
  const now = stepOf(state);
  const steps: Step[] = order.map((id, at) => ({
    id,
    label: t(`step.${id}`),
    at:
      at < now || (state === 'resolved' && at === 2)
        ? 'done'
        : at === now || (state === 'resolved' && at === 3)
          ? 'now'
          : 'ahead',
  }));
  if (now === 0) {
    steps[0]!.at = 'done';
    steps[1]!.at = 'now';
    steps[1]!.label = t('step.waiting');
  }
  const person = refOf(record, 'assignee_id')?.name.split(' ')[0] ?? refOf(record, 'team_id')?.name;
  const ball =
    state === 'cancelled'
      ? t('ball.cancelled')
      : state === 'closed'
        ? t('ball.closed')
        : state === 'resolved' || (state === 'on_hold' && record.hold_reason === 'requester')
          ? t('ball.you')
          : t('ball.other', { name: person ?? t('ball.desk') });
  // A date that is over says nothing to who waits; it may be one between our teams alone.
  const due = textOf(record, 'due_at');
  const when = due && Date.parse(due) > minute ? words.when(due) : '';
  return <Tracker steps={state === 'cancelled' ? steps.slice(0, 1) : steps} ball={ball} when={now < 2 ? when : ''} />;
}
