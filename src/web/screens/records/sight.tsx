import '../told.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../api/client';
import type { Page, Seer } from '../../api/types';
import { Dialog } from '../../kit/dialog';
import { Who } from '../../kit/marks';
import { Refusal, Skeleton } from '../../kit/states';

/** Everybody who can see a record, each with the reason: the same relations that decide lists and searches. */
export default function Sight({ plural, number, onClose }: { plural: string; number: string; onClose: () => void }) {
  const { t } = useTranslation('told');
  const seers = useInfiniteQuery({
    queryKey: ['record', plural, number, 'who-can-see'],
    queryFn: ({ pageParam }) =>
      ask<Page<Seer>>(`/${plural}/${number}/who-can-see${query({ limit: 100, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    retry: false,
  });
  const all = seers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Dialog
      title={t('sight.title', { number })}
      lede={seers.data ? t('sight.lede', { count: seers.data.pages[0]?.total ?? all.length }) : undefined}
      onClose={onClose}
      wide
    >
      {seers.isError ? <Refusal error={seers.error} /> : null}
      {seers.isPending ? <Skeleton rows={6} height={32} /> : null}
      <ul className="seers">
        {all.map((seer) => (
          <li key={seer.person.id}>
            <Who name={seer.person.name} large />
            <span className="b">{seer.person.name}</span>
            <span className="s q2">
              {t('sight.because', { why: seer.because.join(', ') })}
              {seer.team ? ` · ${t('sight.team')}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {seers.hasNextPage ? (
        <button type="button" className="btn" onClick={() => void seers.fetchNextPage()}>
          {t('sight.more')}
        </button>
      ) : null}
    </Dialog>
  );
}
