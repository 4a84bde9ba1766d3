import './portal.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/queries';
import { StatePill, When } from '../../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../../kit/states';
import { useTitle } from '../../shell/use-title';
import { textOf, titleOf } from '../../words/record';

/** Everything of mine, newest first; what is done stays readable. */
export function Mine() {
  const { t } = useTranslation('portal');
  useTitle(t('mine.title'));
  const list = useList('incidents', { sort: '-opened_at' }, { limit: 100 });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="po-page">
      <h1>{t('mine.title')}</h1>
      {list.isError ? <Refusal error={list.error} /> : null}
      {list.isPending ? <Skeleton rows={6} height={44} /> : null}
      {list.data && rows.length === 0 ? <EmptyState title={t('mine.none')}>{t('mine.none_text')}</EmptyState> : null}
      <ul className="po-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/mine/$number" params={{ number: row.number }}>
              <span className="po-t">
                <span className="b">{titleOf(row)}</span> <span className="q num">{row.number}</span>
              </span>
              <StatePill state={textOf(row, 'state')} />
              <When at={textOf(row, 'opened_at')} className="q" />
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <button type="button" className="btn" onClick={() => void list.fetchNextPage()}>
          {t('mine.more')}
        </button>
      ) : null}
    </div>
  );
}
