import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../../../web/api/client';
import { keys } from '../../../../web/api/keys';
import type { Page, SearchHit } from '../../../../web/api/types';
import { StateGlyph } from '../../../../web/kit/glyphs';
import { useWords } from '../../../../web/words/use-words';

/** Incidents that look the same as what somebody is writing. */
export function LooksTheSame({ title }: { title: string }) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const [slow, setSlow] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSlow(title.trim()), 250);
    return () => clearTimeout(timer);
  }, [title]);
  const similar = useQuery({
    queryKey: keys.search({ new: slow }),
    queryFn: ({ signal }) =>
      ask<Page<SearchHit>>(`/search${query({ q: slow, type: 'incident', limit: 8 })}`, { signal }),
    enabled: slow.length > 3,
    placeholderData: (before) => before,
  });
  return (
    <aside className="new-side" aria-label={t('similar')} aria-live="polite">
      <h2>{t('new_similar')}</h2>
      {similar.data?.items.length ? (
        similar.data.items.map((hit) => (
          <a
            className="mini"
            key={hit.id}
            href={`/incidents/${hit.number}`}
            target="_blank"
            rel="noreferrer"
            title={hit.title}
          >
            <span className="cut">
              <span className="num q">{hit.number}</span> {hit.title}
            </span>
            <StateGlyph state={hit.state} label={words.state(hit.state)} />
          </a>
        ))
      ) : (
        <p className="q">{t('new_similar_none')}</p>
      )}
    </aside>
  );
}
