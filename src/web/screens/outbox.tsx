import './told.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import type { Mail, Page } from '../api/types';
import { HealthStop } from '../kit/glyphs';
import { When } from '../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../kit/states';
import { useTitle } from '../shell/use-title';
import { useView } from '../shell/use-view';
import { useWords } from '../words/use-words';

/** The mails the product wrote: who gets them, why, and whether they went out. */
export function Outbox() {
  const { t } = useTranslation('told');
  const [view, change] = useView();
  useTitle(t('outbox.title'));
  const mails = useInfiniteQuery({
    queryKey: ['mails'],
    queryFn: ({ pageParam }) => ask<Page<Mail>>(`/mails${query({ limit: 50, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    retry: false,
  });
  const all = mails.data?.pages.flatMap((page) => page.items) ?? [];
  const open = all.find((mail) => mail.id === view.mail) ?? all[0];
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('outbox.title')}</h1>
          <p className="lede">{t('outbox.lede')}</p>
        </div>
      </header>
      {mails.isError ? (
        <div className="pane">
          <Refusal error={mails.error} />
        </div>
      ) : mails.isPending ? (
        <Skeleton rows={8} height={44} />
      ) : all.length === 0 ? (
        <EmptyState title={t('outbox.empty')}>{t('outbox.empty_text')}</EmptyState>
      ) : (
        <div className="ob">
          <div>
            <ol aria-label={t('outbox.list')}>
              {all.map((mail) => (
                <li key={mail.id}>
                  <button
                    type="button"
                    className="ob-b"
                    aria-pressed={mail.id === open?.id}
                    onClick={() => change({ mail: mail.id }, true)}
                  >
                    <span className="cut" title={mail.subject}>
                      {mail.subject}
                    </span>
                    <When at={mail.at} className="q s num nw end" />
                    <span className="q2 s cut">{mail.address}</span>
                    <State mail={mail} />
                  </button>
                </li>
              ))}
            </ol>
            {mails.hasNextPage ? (
              <button type="button" className="btn" onClick={() => void mails.fetchNextPage()}>
                {t('more')}
              </button>
            ) : null}
          </div>
          {open ? <Letter mail={open} /> : null}
        </div>
      )}
    </div>
  );
}

function State({ mail }: { mail: Mail }) {
  const { t } = useTranslation('told');
  return (
    <span className={mail.state === 'failed' ? 's broken end nw' : 's q end nw'}>
      {mail.state === 'failed' ? <HealthStop mark="broken" /> : null} {t(`outbox.${mail.state}`)}
    </span>
  );
}

function Letter({ mail }: { mail: Mail }) {
  const { t } = useTranslation('told');
  const words = useWords();
  return (
    <section className="ob-mail" aria-label={mail.subject}>
      <h2>{mail.subject}</h2>
      <p className="s q2">
        {t('outbox.to')} {mail.address} · {words.exact(mail.sent_at ?? mail.at)} · {t(`outbox.${mail.state}`)}
        {mail.state === 'gathered' ? ` · ${t('outbox.due', { at: words.exact(mail.due_at) })}` : ''}
        {mail.attempts ? ` · ${t('outbox.attempts', { count: mail.attempts })}` : ''}
      </p>
      {mail.problem ? <p className="s broken">{mail.problem}</p> : null}
      <p className={mail.text === null ? 'ob-text q' : 'ob-text'}>{mail.text ?? t('outbox.secret')}</p>
    </section>
  );
}
