import './portal.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/queries';
import type { RecordRow } from '../../api/types';
import { StatePill, When } from '../../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../../kit/states';
import { useTitle } from '../../shell/use-title';
import { textOf, titleOf } from '../../words/record';

/** Everything of mine, newest first: what is open, then what is done and stays readable. */
export function Mine() {
  const { t } = useTranslation('portal');
  useTitle(t('mine.title'));
  const list = useList('incidents', { sort: '-opened_at' }, { limit: 100 });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  // What is still open is what one comes for.
  const isOver = (row: RecordRow) => ['resolved', 'closed', 'cancelled'].includes(textOf(row, 'state'));
  const [open, over] = [rows.filter((row) => !isOver(row)), rows.filter(isOver)];
  return (
    <div className="po-page">
      <h1>{t('mine.title')}</h1>
      {list.isError ? <Refusal error={list.error} /> : null}
      {list.isPending ? <Skeleton rows={6} height={44} /> : null}
      {list.data && rows.length === 0 ? <EmptyState title={t('mine.none')}>{t('mine.none_text')}</EmptyState> : null}
      {open.length ? <Tickets title={over.length ? t('mine.open') : undefined} rows={open} /> : null}
      {over.length ? <Tickets title={open.length ? t('mine.over') : undefined} rows={over} /> : null}
      {list.hasNextPage ? (
        <button type="button" className="btn" onClick={() => void list.fetchNextPage()}>
          {t('mine.more')}
        </button>
      ) : null}
    </div>
  );
}

function Tickets({ title, rows }: { title?: string; rows: RecordRow[] }) {
  return (
    <section className="po-part">
      {title ? <h2>{title}</h2> : null}
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
    </section>
  );
}
