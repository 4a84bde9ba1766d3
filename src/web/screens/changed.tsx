import './history.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import { useTypes } from '../api/queries';
import type { HistoryLine, Page } from '../api/types';
import { When } from '../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../kit/states';
import { pathOf } from '../shell/use-href';
import { useTitle } from '../shell/use-title';
import { useView } from '../shell/use-view';
import { useWords } from '../words/use-words';
import { actorOf, useLineWords, whyWords } from './records/history-words';

/** What was changed of all that administrators keep, the newest first. */
export function Changed() {
  const { t } = useTranslation('admin');
  const words = useWords();
  const types = useTypes();
  const lineWords = useLineWords();
  const [view, change] = useView();
  useTitle(t('changed.title'));
  const kept = (types.data ?? []).filter((type) => type.administered);
  const asked = view.type || kept.map(({ type }) => type).join(',');
  const lines = useInfiniteQuery({
    queryKey: ['history', 'kept', asked],
    queryFn: ({ pageParam }) =>
      ask<Page<HistoryLine>>(`/history${query({ type: asked, order: 'newest', limit: 100, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: asked !== '',
    // A line is told once it is sealed, a moment after the act: whoever comes straight from it sees it arrive.
    refetchInterval: 5_000,
  });
  const all = lines.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('changed.title')}</h1>
          <p className="lede">{t('changed.lede')}</p>
        </div>
        <div className="tools">
          <select
            className="input"
            aria-label={t('changed.kind')}
            value={view.type ?? ''}
            onChange={(event) => change({ type: event.target.value || undefined })}
          >
            <option value="">{t('changed.all')}</option>
            {kept.map((type) => (
              <option key={type.type} value={type.type}>
                {words.plural(type.type, type.labels)}
              </option>
            ))}
          </select>
        </div>
      </header>
      {lines.isPending ? <Skeleton /> : null}
      {lines.isError ? <Refusal error={lines.error} /> : null}
      {lines.data && all.length === 0 ? <EmptyState title={t('changed.none')} /> : null}
      <ol className="causes changed">
        {all.map((line) => {
          const type = kept.find((one) => one.type === line.record.type);
          const to = type ? `${pathOf(type.plural)}/${line.record.number}` : undefined;
          const versions = type?.verbs.some(({ verb }) => verb === 'edit');
          return (
            <li key={line.id}>
              <i aria-hidden="true" />
              <div>
                <p>
                  <span className="b">{actorOf(line).name}</span> {lineWords(line)}
                </p>
                <p className="s q">
                  <When at={line.at} />
                  {` · ${words.type(line.record.type)} `}
                  {to ? (
                    <Link className="u num" to={to}>
                      {words.called(line.record)}
                    </Link>
                  ) : (
                    <span className="num">{words.called(line.record)}</span>
                  )}
                  {whyWords(line.why) ? ` · ${whyWords(line.why)}` : null}
                  {to && versions ? (
                    <>
                      {' · '}
                      <Link className="link" to={`${to}/versions`}>
                        {t('versions.link')}
                      </Link>
                    </>
                  ) : null}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
      {lines.hasNextPage ? (
        <p className="changed-more">
          <button type="button" className="btn" onClick={() => void lines.fetchNextPage()}>
            {t('changed.more')}
          </button>
        </p>
      ) : null}
    </div>
  );
}
