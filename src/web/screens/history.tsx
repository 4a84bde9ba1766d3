import './history.css';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import { useTypes } from '../api/queries';
import type { HistoryLine, Page } from '../api/types';
import { When } from '../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../kit/states';
import { useHref } from '../shell/use-href';
import { useTitle } from '../shell/use-title';
import { useView } from '../shell/use-view';
import { present } from '../words/now';
import { actorWords, useWords } from '../words/use-words';
import { Effects } from './effects';
import { actorOf, shortValue, useLineWords, whyWords } from './records/history-words';

/** Everything that ever happened and one may see; one line opened walks its causes up to the first. */
export function History() {
  const { t } = useTranslation('direction');
  const words = useWords();
  const types = useTypes();
  const [view, change] = useView();
  useTitle(t('history.title'));
  const day = view.day ?? '';
  const from = day || new Date(present() - 30 * 86_400_000).toISOString().slice(0, 10);
  const to = day ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : undefined;
  const lines = useInfiniteQuery({
    queryKey: ['history', view.type, from, to],
    queryFn: ({ pageParam }) =>
      ask<Page<HistoryLine>>(
        `/history${query({ type: view.type, 'at.gte': from, 'at.lt': to, order: 'newest', limit: 100, cursor: pageParam })}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const all = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const lineWords = useLineWords();
  const hrefOf = useHref();
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('history.title')}</h1>
          <p className="lede">{t('history.lede')}</p>
        </div>
        <div className="tools">
          <select
            className="input"
            aria-label={t('history.type')}
            value={view.type ?? ''}
            onChange={(event) => change({ type: event.target.value || undefined })}
          >
            <option value="">{t('history.all')}</option>
            {types.data?.map((type) => (
              <option key={type.type} value={type.type}>
                {words.plural(type.type, type.labels)}
              </option>
            ))}
          </select>
          <input
            className="input"
            type="date"
            aria-label={t('history.day')}
            value={day}
            onChange={(event) => change({ day: event.target.value || undefined })}
          />
        </div>
      </header>
      <div className="hi">
        <div>
          {lines.isError ? <Refusal error={lines.error} /> : null}
          {lines.isPending ? <Skeleton rows={10} height={28} /> : null}
          {lines.data && all.length === 0 ? (
            <EmptyState title={t('history.none')}>{t('history.none_text')}</EmptyState>
          ) : null}
          <ol className="hi-lines">
            {all.map((line) => (
              <li key={line.id} className={view.line === line.id ? 'on' : undefined}>
                <When at={line.at} className="q" />
                <a
                  className={line.record.type === 'practice' ? 'u q2' : 'u num q2 nw'}
                  href={hrefOf(line.record.number, line.record.type)}
                >
                  {words.called(line.record)}
                </a>
                <button
                  type="button"
                  className="hi-b"
                  onClick={() => change({ line: line.id }, true)}
                  aria-pressed={view.line === line.id}
                >
                  <span className="b">{actorOf(line).name}</span> {lineWords(line)}
                </button>
              </li>
            ))}
          </ol>
          {lines.hasNextPage ? (
            <button
              type="button"
              className="btn"
              onClick={() => void lines.fetchNextPage()}
              disabled={lines.isFetchingNextPage}
            >
              {t('history.more')}
            </button>
          ) : null}
        </div>
        <aside className="hi-side" aria-label={t('history.why')}>
          {view.line ? (
            <>
              <Causes id={view.line} key={view.line} />
              <Effects id={view.line} key={`${view.line}after`} onOpen={(line) => change({ line })} />
            </>
          ) : (
            <p className="q">{t('history.choose')}</p>
          )}
        </aside>
      </div>
    </div>
  );
}

/** One line, then what caused it, and so on to the beginning: the line drawn upright. */
function Causes({ id }: { id: string }) {
  const { t } = useTranslation('direction');
  const chain = useQuery({
    queryKey: ['history', 'causes', id],
    queryFn: async () => {
      const found: HistoryLine[] = [];
      let next: string | undefined = id;
      while (next && found.length < 20 && !found.some((line) => line.id === next)) {
        try {
          const line: HistoryLine = await ask<HistoryLine>(`/history/${next}`);
          found.push(line);
          next = line.cause?.line;
        } catch (error) {
          if (found.length === 0) throw error;
          break;
        }
      }
      return found;
    },
  });
  const hrefOf = useHref();
  const words = useWords();
  const lineWords = useLineWords();
  if (chain.isPending) return <Skeleton rows={4} height={40} />;
  if (chain.isError) return <Refusal error={chain.error} />;
  const last = chain.data.at(-1);
  return (
    <>
      <h2>{t('history.why')}</h2>
      <ol className="causes">
        {chain.data.map((line, index) => (
          <li key={line.id} className={index === 0 ? 'here' : undefined}>
            <i aria-hidden="true" />
            <div>
              <p className="s q">
                {index === 0 ? null : `${t('history.because')} `}
                <When at={line.at} />
              </p>
              <p>
                <a className="u num q2" href={hrefOf(line.record.number, line.record.type)}>
                  {words.called(line.record)}
                </a>{' '}
                <span className="b">{actorOf(line).name}</span> {lineWords(line)}
              </p>
              {whyWords(line.why) ? <p className="s q2">{t('history.rule', { why: whyWords(line.why) })}</p> : null}
              {line.changes.length ? (
                <table className="changes s">
                  <tbody>
                    {line.changes.map((change) => (
                      <tr key={change.field}>
                        <td className="q">{words.field(change.field)}</td>
                        <td className="q2">{shortValue(change.before, change.field, words)}</td>
                        <td>{shortValue(change.after, change.field, words)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              ) : null}
            </div>
          </li>
        ))}
        <li className="origin">
          <i aria-hidden="true" />
          <p className="q2">
            {last?.cause?.file
              ? t('history.file', { file: last.cause.file, row: last.cause.row ?? '' })
              : last?.cause?.timer
                ? t('history.timer')
                : last?.actor?.kind === 'person'
                  ? t('history.person', { name: last.actor.name })
                  : t('history.origin', { name: actorWords(last?.actor) })}
          </p>
        </li>
      </ol>
      {chain.data[0] ? (
        <p className="s q hi-seal">
          {chain.data[0].seq
            ? t('history.seal', { seq: chain.data[0].seq, at: words.exact(chain.data[0].recorded_at) })
            : t('history.unsealed')}
        </p>
      ) : null}
    </>
  );
}
