import { useTranslation } from 'react-i18next';
import { useCount, useList } from '../../../../web/api/queries';
import type { RecordRow } from '../../../../web/api/types';
import { Section } from '../../../../web/kit/facts';
import { OpenIncidents } from '../../../../web/screens/records/open-incidents';
import { RecordAt } from '../../../../web/screens/records/record-at';
import { useHref } from '../../../../web/shell/use-href';
import { titleOf } from '../../../../web/words/record';

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
  return (
    <OpenIncidents field="configuration_item_id" word="component" number={record.number} quiet={t('component.quiet')} />
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
