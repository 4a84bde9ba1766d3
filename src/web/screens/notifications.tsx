import './told.css';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../api/client';
import { keys } from '../api/keys';
import { useChooseNotices, useNotices } from '../api/notices';
import { useMe, useTold } from '../api/queries';
import type { Told } from '../api/types';
import { When } from '../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../kit/states';
import { say } from '../kit/toast';
import { isAgent } from '../shell/roles';
import { useHref } from '../shell/use-href';
import { useTitle } from '../shell/use-title';
import { useView } from '../shell/use-view';
import { useWords } from '../words/use-words';
import { WayOf } from './notice-way';

/** What somebody was told, and why each was sent to them; opening one reads it. */
export function Notifications() {
  const { t } = useTranslation('told');
  const client = useQueryClient();
  const [view, change] = useView();
  const told = useTold();
  useTitle(t('title'));
  const unread = told.data?.pages[0]?.unread ?? 0;
  const all = told.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = view.only === 'new' ? all.filter((one) => !one.read_at) : all;
  const read = useCallback(
    async (ids?: string[]) => {
      try {
        await ask('/me/notifications/read', { method: 'POST', body: ids ? { ids } : {} });
        await client.invalidateQueries({ queryKey: keys.told });
      } catch (error) {
        say(sentenceOf(error), { tone: 'broken' });
      }
    },
    [client],
  );
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('title')}</h1>
          <p className="lede">{told.data ? (unread ? t('lede', { count: unread }) : t('lede_none')) : ' '}</p>
        </div>
        <div className="tools">
          <label className="check">
            <input
              type="checkbox"
              checked={view.only === 'new'}
              onChange={(event) => change({ only: event.target.checked ? 'new' : undefined }, true)}
            />
            {t('only_new')}
          </label>
          {unread ? (
            <button type="button" className="btn" onClick={() => void read()}>
              {t('read_all')}
            </button>
          ) : null}
        </div>
      </header>
      <div className="told">
        {told.isError ? <Refusal error={told.error} /> : null}
        {told.isPending ? <Skeleton rows={8} height={44} /> : null}
        {told.data && shown.length === 0 ? <EmptyState title={t('empty')}>{t('empty_text')}</EmptyState> : null}
        <ol>
          {shown.map((one) => (
            <Row key={one.id} told={one} onRead={() => void read([one.id])} />
          ))}
        </ol>
        {told.hasNextPage ? (
          <button
            type="button"
            className="btn"
            disabled={told.isFetchingNextPage}
            onClick={() => void told.fetchNextPage()}
          >
            {t('more')}
          </button>
        ) : null}
      </div>
    </div>
  );
}

function Row({ told, onRead }: { told: Told; onRead: () => void }) {
  const { t } = useTranslation('told');
  const words = useWords();
  const me = useMe();
  const hrefOf = useHref();
  const href = isAgent(me.data) ? hrefOf(told.record.number, told.record.type) : `/mine/${told.record.number}`;
  const isNew = told.read_at === null;
  return (
    <li>
      <a className={isNew ? 'told-a new' : 'told-a'} href={href} onClick={isNew ? onRead : undefined}>
        <i className="told-dot" role="img" aria-label={isNew ? t('unread') : t('read')} />
        <span className="told-what">
          <span className="b cut" title={told.record.name}>
            {told.record.name}
          </span>
          <span className="s q2">
            {words.past(told.kind)} · <span className="num">{told.record.number}</span> ·{' '}
            {t('why', { reason: t(`reason.${told.reason}` as 'reason.assigned', told.reason) })}
          </span>
        </span>
        <When at={told.at} className="q s num nw" />
      </a>
      {told.topic ? <HowItComes told={told} /> : null}
    </li>
  );
}

/** How messages of this kind come, changed where one reads one of them. */
function HowItComes({ told }: { told: Told }) {
  const { t } = useTranslation('notices');
  const words = useWords();
  const notices = useNotices();
  const choose = useChooseNotices();
  const id = useId();
  const one = notices.data?.topics.find(({ topic }) => topic === told.topic);
  if (!one) return null;
  return (
    <details className="told-how">
      <summary className="s q2" aria-label={t('change_of', { name: told.record.name })}>
        {t('change')}
      </summary>
      <label className="told-way" htmlFor={id}>
        <span className="s">{words.choice('topic', one.topic)}</span>
        <WayOf id={id} one={one} choose={choose} />
      </label>
    </details>
  );
}
