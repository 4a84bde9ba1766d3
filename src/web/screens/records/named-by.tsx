import { useTranslation } from 'react-i18next';
import { useCount, useList } from '../../api/queries';
import type { RecordRow } from '../../api/types';
import { Section } from '../../kit/facts';
import { WorkList } from '../../kit/work-list';
import { lookOf } from '../../words/look';
import { useMinute } from '../../words/now';
import { refOf } from '../../words/record';
import { useWords } from '../../words/use-words';

/** Incidents that name a record in one of their fields: those a change caused, those behind which a problem stands. */
export function NamedBy({
  record,
  field,
  title,
  none,
}: {
  record: RecordRow;
  field: 'problem_id' | 'caused_by_change_id';
  title: string;
  none: string;
}) {
  const { t } = useTranslation('causes');
  const words = useWords();
  const now = useMinute();
  const where = { [field]: record.number };
  const list = useList(
    'incidents',
    { ...where, sort: '-opened_at', fields: 'number,title,state,priority,opened_at,requester_id,assignee_id' },
    { limit: 10 },
  );
  const total = useCount('incidents', where);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={title} note={total.data?.total || null}>
      {rows.length === 0 ? <p className="q">{list.isPending ? '' : none}</p> : null}
      <WorkList
        rows={rows.slice(0, 10).map((row) => ({
          ...lookOf(row, `/incidents/${row.number}`, now, words, '-opened_at'),
          place: refOf(row, 'requester_id')?.name,
          who: refOf(row, 'assignee_id')?.name,
        }))}
      />
      {(total.data?.total ?? 0) > 10 ? (
        <a
          className="link"
          href={`/incidents/table?filter=${encodeURIComponent(`${field}:${record.number}`)}&sort=-opened_at`}
        >
          {t('all_incidents')}
        </a>
      ) : null}
    </Section>
  );
}
