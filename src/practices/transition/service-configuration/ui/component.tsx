import { useTranslation } from 'react-i18next';
import { useCount, useList } from '../../../../web/api/queries';
import type { RecordRow } from '../../../../web/api/types';
import { Section } from '../../../../web/kit/facts';
import { WorkList } from '../../../../web/kit/work-list';
import { RecordAt } from '../../../../web/screens/records/record-at';
import { useHref } from '../../../../web/shell/use-href';
import { lookOf } from '../../../../web/words/look';
import { useMinute } from '../../../../web/words/now';
import { refOf, titleOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';

/** One component: what hurts on it now, and what stands still when it does. */
export function Component() {
  return (
    <RecordAt plural="configuration-items" side={(record) => <NeededBy record={record} />}>
      {(record) => <Now record={record} />}
    </RecordAt>
  );
}

function Now({ record }: { record: RecordRow }) {
  const { t } = useTranslation('direction');
  const words = useWords();
  const now = useMinute();
  const where = { configuration_item_id: record.number, state_category: 'open,paused' };
  const open = useList(
    'incidents',
    { ...where, sort: 'priority,due_at', fields: 'number,title,state,priority,due_at,requester_id,assignee_id' },
    { limit: 8 },
  );
  const total = useCount('incidents', where);
  const rows = open.data?.pages.flatMap((page) => page.items) ?? [];
  if (!open.data) return null;
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
          <a className="link" href={`/incidents?filter=${encodeURIComponent(`component:${record.number} state:open`)}`}>
            {t('service.all_open')}
          </a>
        </>
      ) : (
        <p className="q">{t('component.quiet')}</p>
      )}
    </Section>
  );
}

function NeededBy({ record }: { record: RecordRow }) {
  const { t } = useTranslation('direction');
  const hrefOf = useHref();
  const where = { depends_on_ids: record.number };
  const found = useList('configuration-items', { ...where, fields: 'title' }, { limit: 12 });
  const total = useCount('configuration-items', where).data?.total ?? 0;
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('component.needed_by')} note={total || rows.length}>
      {rows.map((row) => (
        <a key={row.id} className="mini" href={hrefOf(row.number, 'configuration_item')}>
          <span className="cut">{titleOf(row)}</span>
        </a>
      ))}
      {total > rows.length ? <p className="s q2">{t('component.more', { count: total - rows.length })}</p> : null}
    </Section>
  );
}
