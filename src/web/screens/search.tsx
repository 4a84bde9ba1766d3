import './search.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import { keys } from '../api/keys';
import { useTypes } from '../api/queries';
import type { Page, SearchHit } from '../api/types';
import { Icon, StateGlyph } from '../kit/glyphs';
import { EmptyState, Refusal, Skeleton } from '../kit/states';
import { useHref } from '../shell/use-href';
import { useTitle } from '../shell/use-title';
import { useView } from '../shell/use-view';
import { wholeWords } from '../words/excerpt';
import { useWords } from '../words/use-words';

interface Found extends Page<SearchHit> {
  corrected?: string | null;
}

/** Everything one may see, found by words, numbers, serials and addresses; typing errors are forgiven and said. */
export function Search() {
  const { t } = useTranslation('shell');
  const words = useWords();
  const hrefOf = useHref();
  const types = useTypes();
  const [view, change] = useView();
  const asked = view.q ?? '';
  const [text, setText] = useState(asked);
  useTitle(t('nav.search'));
  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text.trim() !== asked) change({ q: text.trim() || undefined }, true);
    }, 200);
    return () => clearTimeout(timer);
  }, [text, asked, change]);
  const found = useInfiniteQuery({
    queryKey: keys.search({ q: asked, type: view.type, page: true }),
    queryFn: ({ pageParam, signal }) =>
      ask<Found>(`/search${query({ q: asked, type: view.type, limit: 40, cursor: pageParam })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: asked.length > 0,
    placeholderData: (before) => before,
  });
  const hits = found.data?.pages.flatMap((page) => page.items) ?? [];
  const corrected = found.data?.pages[0]?.corrected;
  return (
    <div className="page">
      <div className="se">
        <h1 className="vh">{t('nav.search')}</h1>
        <form role="search" className="se-box" onSubmit={(event) => event.preventDefault()}>
          <Icon name="search" />
          <input
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t('search.hint')}
            aria-label={t('search.hint')}
            autoFocus
            autoComplete="off"
            spellCheck={false}
          />
          <select
            aria-label={t('search.type')}
            value={view.type ?? ''}
            onChange={(event) => change({ type: event.target.value || undefined }, true)}
          >
            <option value="">{t('search.all')}</option>
            {types.data?.map((type) => (
              <option key={type.type} value={type.type}>
                {words.plural(type.type, type.labels)}
              </option>
            ))}
          </select>
        </form>
        {corrected ? <p className="q2 se-corr">{t('search.corrected', { text: corrected })}</p> : null}
        {found.isError ? <Refusal error={found.error} /> : null}
        {!asked ? (
          <EmptyState title={t('search.begin')}>{t('search.begin_text')}</EmptyState>
        ) : found.isPending ? (
          <Skeleton rows={8} />
        ) : hits.length === 0 ? (
          <EmptyState title={t('search.none', { text: asked })}>{t('search.none_text')}</EmptyState>
        ) : (
          <ul className="se-hits">
            {hits.map((hit) => (
              <li key={hit.id}>
                <a href={hrefOf(hit.number, hit.type)}>
                  <span className="se-t">
                    <StateGlyph state={hit.state} label={words.state(hit.state)} />
                    <span className="b cut">{hit.title}</span>
                    <span className="q num nw">{hit.number}</span>
                    <span className="q s nw end">{words.type(hit.type)}</span>
                  </span>
                  {hit.snippet ? <span className="s q2 se-s">{wholeWords(hit.snippet)}</span> : null}
                </a>
              </li>
            ))}
          </ul>
        )}
        {found.hasNextPage ? (
          <button type="button" className="btn" onClick={() => void found.fetchNextPage()}>
            {t('search.more')}
          </button>
        ) : null}
      </div>
    </div>
  );
}
