import { useTranslation } from 'react-i18next';
import { usePart } from '../../api/queries';
import type { HistoryLine, Page, RecordType } from '../../api/types';
import { When } from '../../kit/marks';
import { Refusal, Skeleton } from '../../kit/states';
import { actorOf, useLineWords, whyWords } from './history-words';

/** All lines of one record, newest first, each with why and a way to its cause. */
export function HistoryList({ type, number }: { type: RecordType; number: string }) {
  const { t } = useTranslation('records');
  const history = usePart<Page<HistoryLine>>(type.plural, number, 'history');
  const words = useLineWords(type);
  if (history.isPending) return <Skeleton rows={4} height={28} />;
  if (history.isError) return <Refusal error={history.error} />;
  if (history.data.items.length === 0) return <p className="q">{t('no_history')}</p>;
  return (
    <ol className="lines">
      {history.data.items.map((line) => (
        <li key={line.id}>
          <i aria-hidden="true" />
          <div>
            <p>
              <span className="b">{actorOf(line).name}</span> {words(line)}
            </p>
            <p className="s q">
              <When at={line.at} />
              {whyWords(line.why) ? ` · ${whyWords(line.why)}` : null}
              {line.cause?.line ? (
                <>
                  {' · '}
                  <a className="link" href={`/history?line=${line.id}`}>
                    {t('why')}
                  </a>
                </>
              ) : null}
              {line.cause?.file ? ` · ${t('from_file', { file: line.cause.file, row: line.cause.row ?? '' })}` : null}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
