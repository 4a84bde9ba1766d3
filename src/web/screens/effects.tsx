import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import type { HistoryLine, Page } from '../api/types';
import { When } from '../kit/marks';
import { useHref } from '../shell/use-href';
import { useWords } from '../words/use-words';
import { actorOf, useLineWords, whyWords } from './records/history-words';

/** How far forward effects are looked for: what a line leads to follows it closely in the sealed order. */
const ahead = 500;

/** What a line led to: the lines whose cause it is, and what those led to, a step further in each. */
export function Effects({ id, onOpen }: { id: string; onOpen: (line: string) => void }) {
  const { t } = useTranslation('direction');
  const hrefOf = useHref();
  const lineWords = useLineWords();
  const words = useWords();
  const found = useQuery({
    queryKey: ['history', 'effects', id],
    queryFn: async () => {
      const line = await ask<HistoryLine>(`/history/${id}`);
      if (line.seq === null) return [];
      const after = await ask<Page<HistoryLine>>(`/history${query({ after_seq: line.seq, limit: ahead })}`);
      const depth = new Map([[line.id, 0]]);
      const led: { line: HistoryLine; depth: number }[] = [];
      for (const one of after.items) {
        const from = depth.get(one.cause?.line ?? '');
        if (from === undefined) continue;
        depth.set(one.id, from + 1);
        led.push({ line: one, depth: from + 1 });
      }
      return led;
    },
    retry: false,
  });
  if (!found.data) return null;
  return (
    <section className="effects">
      <h2>{t('history.effects')}</h2>
      {found.data.length === 0 ? <p className="q">{t('history.no_effects')}</p> : null}
      <ol className="causes">
        {found.data.map(({ line, depth }) => (
          <li key={line.id} style={{ marginInlineStart: `${Math.min(depth - 1, 4) * 16}px` }}>
            <i aria-hidden="true" />
            <div>
              <p className="s q">
                {depth > 1 ? `${t('history.then')} ` : ''}
                <When at={line.at} />
              </p>
              <p>
                <a className="u num q2" href={hrefOf(line.record.number, line.record.type)}>
                  {words.called(line.record)}
                </a>{' '}
                <button type="button" className="hi-b" onClick={() => onOpen(line.id)}>
                  <span className="b">{actorOf(line).name}</span> {lineWords(line)}
                </button>
              </p>
              {whyWords(line.why) ? <p className="s q2">{t('history.rule', { why: whyWords(line.why) })}</p> : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
