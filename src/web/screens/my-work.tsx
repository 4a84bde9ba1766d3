import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReasons } from '../api/places';
import { useList, useMe } from '../api/queries';
import type { RecordRow, Ref } from '../api/types';
import { EmptyState, Refusal, Skeleton } from '../kit/states';
import { WorkList } from '../kit/work-list';
import { useTitle } from '../shell/use-title';
import { lookOf } from '../words/look';
import { useMinute } from '../words/now';
import { refOf } from '../words/record';
import { useWords } from '../words/use-words';
import { MyCauses, useCauses } from './my-causes';
import './my-work.css';

const fields = 'number,title,state,priority,due_at,queue_at,opened_at,service_id,requester_id,team_id';

/** What waits for me: mine by promise, then what I wait for, then what my teams have and nobody took. */
export function MyWork() {
  const { t } = useTranslation('shell');
  const words = useWords();
  const me = useMe();
  useTitle(t('nav.my_work'));
  const now = useMinute();
  const teams = (me.data?.teams ?? []).map((team) => (typeof team === 'string' ? team : (team as Ref).id)).join(',');
  const mine = useList(
    'incidents',
    { assignee_id: 'me', state_category: 'open', sort: 'queue_at', fields },
    { limit: 50 },
  );
  const held = useList(
    'incidents',
    { assignee_id: 'me', state_category: 'paused', sort: '-updated_at', fields },
    { limit: 20 },
  );
  const unowned = useList(
    'incidents',
    { team_id: teams, 'assignee_id.empty': 'true', state_category: 'open', sort: 'queue_at', fields },
    { limit: 30, enabled: teams !== '' },
  );
  const rows = (list: typeof mine) => list.data?.pages.flatMap((page) => page.items) ?? [];
  const [own, waiting, free] = [rows(mine), rows(held), rows(unowned)];
  const soon = own.filter((row) => row.due_at && Date.parse(String(row.due_at)) < now + 7_200_000).length;
  const next = own
    .filter((row) => row.due_at)
    .sort((a, b) => Date.parse(String(a.due_at)) - Date.parse(String(b.due_at)))[0];
  const ranked = useMemo(() => [...own, ...free], [own, free]);
  const reasons = useReasons(ranked);
  const looks = useMemo(
    () => (list: RecordRow[]) =>
      list.map((row) => ({
        ...lookOf(row, `/incidents/${row.number}`, now, words),
        place: refOf(row, 'service_id')?.name,
        who: refOf(row, 'requester_id')?.name,
        why: reasons.get(row.id),
      })),
    [now, words, reasons],
  );
  const first = me.data?.name.split(' ')[0] ?? '';
  const causes = useCauses();
  const asked = causes.toApprove.length;
  // Nothing is said to be done while something else of mine still waits.
  const causesFirst = !mine.isPending && own.length === 0;
  const others = asked + causes.changes.length + causes.problems.length;
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('my_work.title', { name: first })}</h1>
          <p className="lede">
            {mine.isPending || causes.pending
              ? ' '
              : own.length + others === 0
                ? t('my_work.nothing')
                : [
                    asked ? t('my_work.asked', { count: asked }) : '',
                    own.length || !asked ? t('my_work.open', { count: own.length }) : '',
                    soon
                      ? t('my_work.soon', { count: soon })
                      : next?.due_at
                        ? t('my_work.next', { at: words.when(String(next.due_at)) })
                        : '',
                  ]
                    .filter(Boolean)
                    .join(' ')}
          </p>
        </div>
      </header>
      <div className="mw">
        {mine.isError ? <Refusal error={mine.error} /> : null}
        {causesFirst ? <MyCauses causes={causes} /> : null}
        <section>
          <h2>
            {t('my_work.mine')} <span className="q num">{own.length || ''}</span>
          </h2>
          {mine.isPending ? (
            <Skeleton rows={5} />
          ) : own.length ? (
            <WorkList rows={looks(own)} />
          ) : (
            <EmptyState title={t('my_work.empty_title')}>{t('my_work.empty_text')}</EmptyState>
          )}
        </section>
        {causesFirst ? null : <MyCauses causes={causes} />}
        {free.length ? (
          <section>
            <h2>
              {t('my_work.free')} <span className="q num">{free.length}</span>
            </h2>
            <WorkList rows={looks(free).map((row, at) => ({ ...row, who: refOf(free[at], 'team_id')?.name }))} />
          </section>
        ) : null}
        {waiting.length ? (
          <section>
            <h2>
              {t('my_work.waiting')} <span className="q num">{waiting.length}</span>
            </h2>
            <WorkList rows={looks(waiting)} />
          </section>
        ) : null}
      </div>
    </div>
  );
}
