import './merge.css';
import { useTranslation } from 'react-i18next';
import { useCount } from '../../../../web/api/queries';
import type { RecordRow } from '../../../../web/api/types';
import { useHref } from '../../../../web/shell/use-href';
import { refOf } from '../../../../web/words/record';

/** Where an incident was merged into another, and where others were merged into it. */
export function MergedNote({ record }: { record: RecordRow }) {
  const { t } = useTranslation('incident');
  const hrefOf = useHref();
  const into = refOf(record, 'merged_into_id');
  const parts = useCount('incidents', { merged_into_id: record.number }).data?.total ?? 0;
  if (!into && parts === 0) return null;
  return (
    <p className="merged-note s">
      {into ? (
        <span>
          {t('merge.into')}{' '}
          <a className="u" href={hrefOf(into.number)}>
            <span className="num">{into.number}</span> {into.name}
          </a>
        </span>
      ) : null}
      {parts ? (
        <a className="link" href={`/incidents/table?filter=${encodeURIComponent(`merged_into:${record.number}`)}`}>
          {t('merge.parts', { count: parts })}
        </a>
      ) : null}
    </p>
  );
}
