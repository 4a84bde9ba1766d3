import { useTranslation } from 'react-i18next';
import { useCount, useList } from '../../api/queries';
import { Section } from '../../kit/facts';
import { WorkList } from '../../kit/work-list';
import { lookOf } from '../../words/look';
import { useMinute } from '../../words/now';
import { refOf } from '../../words/record';
import { useWords } from '../../words/use-words';

/** What hurts now: the open incidents on a record, gravest first. `word` is its name in a filter, `quiet` is said of none. */
export function OpenIncidents({
  field,
  word,
  number,
  quiet,
}: {
  field: 'service_id' | 'configuration_item_id';
  word: 'service' | 'component';
  number: string;
  quiet: string;
}) {
  const { t } = useTranslation('direction');
  const words = useWords();
  const now = useMinute();
  const where = { [field]: number, state_category: 'open,paused' };
  const open = useList(
    'incidents',
    { ...where, sort: 'priority,due_at', fields: 'number,title,state,priority,due_at,requester_id,assignee_id' },
    { limit: 8 },
  );
  const total = useCount('incidents', where);
  if (!open.data) return null;
  const rows = open.data.pages.flatMap((page) => page.items);
  return (
    <Section title={t('service.open')} note={total.data?.total || null}>
      {rows.length ? (
        <>
          <WorkList
            rows={rows.map((row) => ({
              ...lookOf(row, `/incidents/${row.number}`, now, words),
              place: refOf(row, 'requester_id')?.name,
              who: refOf(row, 'assignee_id')?.name,
            }))}
          />
          <a className="link" href={`/incidents?filter=${encodeURIComponent(`${word}:${number} state:open`)}`}>
            {t('service.all_open')}
          </a>
        </>
      ) : (
        <p className="q">{quiet}</p>
      )}
    </Section>
  );
}
