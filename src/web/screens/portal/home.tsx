import './portal.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../api/client';
import { keys } from '../../api/keys';
import { settle, useList, useMe, useType } from '../../api/queries';
import type { Page, RecordRow, SearchHit } from '../../api/types';
import { Icon } from '../../kit/glyphs';
import { Key } from '../../kit/marks';
import { Refusal } from '../../kit/states';
import { say } from '../../kit/toast';
import { useTitle } from '../../shell/use-title';
import { textOf, titleOf } from '../../words/record';
import { speakingOf } from '../../words/speaking';
import { useDraft } from '../../words/use-draft';
import { useWords } from '../../words/use-words';
import { Outages } from './outages';
import { TicketTracker } from './tracker';

/** One box: what is written is sent as it is, and what is already known appears while writing. */
export function PortalHome() {
  const { t } = useTranslation('portal');
  const words = useWords();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useDraft('portal');
  const [asked, setAsked] = useState('');
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useTitle(t('home.title'));
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 250);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`;
  }, [text]);
  const hits = useQuery({
    queryKey: keys.search({ portal: asked }),
    queryFn: ({ signal }) => ask<Page<SearchHit>>(`/search${query({ q: asked.slice(0, 120), limit: 20 })}`, { signal }),
    enabled: asked.length > 3,
    placeholderData: (before) => before,
    retry: false,
  });
  const mine = useList(
    'incidents',
    { requester_id: 'me', state_category: 'open,paused', sort: '-opened_at' },
    { limit: 5 },
  );
  const offered = useType('services') !== undefined;
  const services = useList(
    'services',
    { state: 'live', fields: 'title,customer_name,description' },
    { limit: 12, enabled: offered },
  );
  const own = mine.data?.pages.flatMap((page) => page.items) ?? [];
  const cards = services.data?.pages.flatMap((page) => page.items) ?? [];
  const first = me.data?.name.split(' ')[0] ?? '';
  // What is still open is worth adding to, then comes what there is help for; the rest may be looked at.
  const over = (hit: SearchHit) => ['closed', 'cancelled', 'resolved'].includes(hit.state);
  const tickets = asked.length > 3 ? (hits.data?.items ?? []).filter((hit) => hit.type === 'incident') : [];
  const open = tickets.filter((hit) => !over(hit)).slice(0, 2);
  const fitting = asked.length > 3 ? speakingOf(asked, cards).slice(0, 2) : [];
  const past = tickets.filter(over).slice(0, 5 - open.length - fitting.length);
  const helpWith = (card: RecordRow) => {
    setText(`${textOf(card, 'customer_name') || titleOf(card)}: `);
    area.current?.focus();
  };
  const suggestion = (hit: SearchHit) => (
    <li key={hit.id}>
      <a className="sug" href={`/mine/${hit.number}`}>
        <Icon name="ticket" />
        <span className="sk q2">{t('home.your_ticket')}</span>
        <span className="sn">
          <span className="b">{hit.title}</span>
          <span className="q2 sm">{words.state(hit.state)}</span>
        </span>
        <span className="link sv">{over(hit) ? t('home.look') : t('home.add')}</span>
      </a>
    </li>
  );

  const send = async () => {
    if (busy || !text.trim()) return;
    setBusy(true);
    setRefusal(null);
    const whole = text.trim();
    const line = whole.split('\n')[0]!.slice(0, 200);
    try {
      const made = await ask<RecordRow>('/incidents', {
        method: 'POST',
        body: { title: line, ...(whole !== line ? { description: whole } : {}), channel: 'portal' },
        idempotencyKey: crypto.randomUUID(),
      });
      setText('');
      settle(client, 'incidents', made.number, made);
      say(t('home.sent', { number: made.number }));
      await navigate({ to: '/mine/$number', params: { number: made.number } });
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="po">
      <Outages />
      <section className="ask">
        <h1>{t('home.ask', { name: first })}</h1>
        <form
          className="box"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <div className="in">
            <textarea
              ref={area}
              rows={1}
              value={text}
              aria-label={t('home.ask', { name: first })}
              placeholder={t('home.hint')}
              autoFocus={matchMedia('(min-width: 861px)').matches}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.shiftKey) {
                  event.preventDefault();
                  void send();
                }
              }}
            />
            <button type="submit" className="btn main send" disabled={busy || !text.trim()}>
              {t('home.send')} <Key>Enter</Key>
            </button>
          </div>
          {open.length + fitting.length + past.length ? (
            <ul className="sugs" aria-label={t('home.known')}>
              {open.map(suggestion)}
              {fitting.map((card) => (
                <li key={card.id}>
                  <button type="button" className="sug" onClick={() => helpWith(card)}>
                    <Icon name="service" />
                    <span className="sk q2">{words.type('service')}</span>
                    <span className="sn">
                      <span className="b">{textOf(card, 'customer_name') || titleOf(card)}</span>
                      <span className="q2 sm">{textOf(card, 'description')}</span>
                    </span>
                    <span className="link sv">{t('home.get_help')}</span>
                  </button>
                </li>
              ))}
              {past.map(suggestion)}
            </ul>
          ) : null}
          {refusal ? (
            <div className="box-say">
              <Refusal error={refusal} />
            </div>
          ) : null}
          <p className="foot q">{t('home.foot')}</p>
        </form>
      </section>
      <aside className="mine" aria-label={t('home.yours')}>
        <h2>{t('home.yours')}</h2>
        {own.length === 0 && !mine.isPending ? <p className="q2">{t('home.none')}</p> : null}
        <ol>
          {own.map((row) => (
            <li key={row.id} className="tr">
              <Link to="/mine/$number" params={{ number: row.number }} className="u trn">
                {titleOf(row)}
              </Link>
              <TicketTracker record={row} />
            </li>
          ))}
        </ol>
        <p className="own">
          <Link to="/mine" className="link">
            {t('home.all')}
          </Link>
        </p>
      </aside>
      {cards.length ? (
        <section className="cat">
          <h2>{t('home.services')}</h2>
          <ul className="cards">
            {cards.map((card) => (
              <li key={card.id} className="card">
                <p className="b">{textOf(card, 'customer_name') || titleOf(card)}</p>
                <p className="q2 cg">{textOf(card, 'description')}</p>
                <button type="button" className="link" onClick={() => helpWith(card)}>
                  {t('home.help')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
