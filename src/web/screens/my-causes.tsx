import { useTranslation } from 'react-i18next';
import { useList, useMe, useTypes } from '../api/queries';
import type { RecordRow } from '../api/types';
import { WorkList } from '../kit/work-list';
import { pathOf } from '../shell/use-href';
import { lookOf } from '../words/look';
import { useMinute } from '../words/now';
import { refOf, textOf } from '../words/record';
import { useWords } from '../words/use-words';

const common = 'number,title,state,opened_at,service_id';
const ofChanges = `${common},requester_id,planned_start,planned_end,offers`;
const ofProblems = `${common},priority`;

/** Changes that wait for my yes, and the changes and problems that are mine. */
export function useCauses() {
  const me = useMe();
  const types = useTypes();
  const known = (type: string) => types.data?.some((one) => one.type === type) ?? false;
  const may = Boolean(me.data?.roles.some((role) => role === 'change_manager' || role === 'service_owner'));
  const waiting = useList(
    'changes',
    { state: 'awaiting_authorization', sort: 'planned_start', fields: ofChanges },
    { limit: 50, enabled: may && known('change') },
  );
  const changes = useList(
    'changes',
    { assignee_id: 'me', state_category: 'open', sort: 'planned_start', fields: ofChanges },
    { limit: 20, enabled: known('change') },
  );
  const problems = useList(
    'problems',
    {
      assignee_id: 'me',
      state_category: 'open',
      sort: 'priority',
      fields: ofProblems,
    },
    { limit: 20, enabled: known('problem') },
  );
  const rows = (list: typeof waiting) => list.data?.pages.flatMap((page) => page.items) ?? [];
  return {
    toApprove: rows(waiting).filter((row) => row.offers?.includes('approve')),
    changes: rows(changes),
    problems: rows(problems),
    pending: waiting.isLoading || changes.isLoading || problems.isLoading,
  };
}

/** The same as lists; what waits for a yes stands first. */
export function MyCauses({ causes }: { causes: ReturnType<typeof useCauses> }) {
  const { t } = useTranslation('causes');
  const words = useWords();
  const now = useMinute();
  const { toApprove, changes, problems } = causes;
  const look = (plural: string) => (row: RecordRow) => {
    const [from, to] = [textOf(row, 'planned_start'), textOf(row, 'planned_end')];
    return {
      ...lookOf(row, `${pathOf(plural)}/${row.number}`, now, words),
      due: from ? words.when(from) : '',
      dueTitle: from && to ? words.window(from, to) : undefined,
      tone: 'calm' as const,
      place: refOf(row, 'service_id')?.name,
      who: words.state(textOf(row, 'state')),
    };
  };
  const mine = [...changes.map(look('changes')), ...problems.map(look('problems'))];
  return (
    <>
      {toApprove.length ? (
        <section>
          <h2>
            {t('to_approve')} <span className="q num">{toApprove.length}</span>
          </h2>
          <WorkList
            rows={toApprove.map((row) => ({ ...look('changes')(row), who: refOf(row, 'requester_id')?.name }))}
          />
        </section>
      ) : null}
      {mine.length ? (
        <section>
          <h2>
            {t('mine')} <span className="q num">{mine.length}</span>
          </h2>
          <WorkList rows={mine} />
        </section>
      ) : null}
    </>
  );
}
