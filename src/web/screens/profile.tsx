import './profile.css';
import '../kit/seg-pick.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../api/client';
import { leaveDrafts } from '../api/drafts';
import { keys } from '../api/keys';
import { useMe } from '../api/queries';
import type { Me, Page } from '../api/types';
import { type Language, languages, speak } from '../i18n';
import { Field } from '../kit/field';
import { When } from '../kit/marks';
import { Refusal } from '../kit/states';
import { say } from '../kit/toast';
import { leaveOwnKeys } from '../shell/own-keys';
import { schemes, useScheme } from '../shell/theme-switch';
import { useTitle } from '../shell/use-title';
import { loadOwnWords } from '../words/own-words';
import { deviceOf } from './device';
import { KeyChoice } from './profile-keys';
import { NoticeChoice } from './profile-notices';
import { Protection } from './protection';

interface Session {
  id: string;
  device?: string;
  agent?: string;
  user_agent?: string;
  address?: string;
  started_at?: string;
  created_at?: string;
  seen_at?: string;
  last_seen_at?: string;
  current?: boolean;
}
interface Token {
  id: string;
  name: string;
  scope: string;
  created_at: string;
  ends_at: string | null;
  used_at?: string | null;
  token?: string;
  secret?: string;
}

/** Everything about oneself: how it looks, absence, password, devices, tokens, keys. */
export function Profile() {
  const { t, i18n } = useTranslation('house');
  const client = useQueryClient();
  const navigate = useNavigate();
  const me = useMe();
  const { scheme, choose } = useScheme();
  useTitle(t('profile.title'));
  const change = async (body: Record<string, unknown>) => {
    try {
      client.setQueryData(keys.me, await ask<Me>('/me', { method: 'PATCH', body }));
      say(t('profile.saved'));
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  const leave = async (everywhere: boolean) => {
    try {
      await leaveDrafts();
      await ask(everywhere ? '/me/sessions' : '/sign-out', {
        method: everywhere ? 'DELETE' : 'POST',
        ...(everywhere ? {} : { body: {} }),
      });
    } finally {
      client.clear();
      leaveOwnKeys();
      await navigate({ to: '/sign-in' });
    }
  };
  const person = me.data as (Me & { absent_from?: string | null; absent_until?: string | null }) | undefined;
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{me.data?.name}</h1>
          <p className="lede">{me.data?.email}</p>
        </div>
        <div className="tools">
          <button type="button" className="verb edge" onClick={() => void leave(false)}>
            {t('profile.sign_out')}
          </button>
        </div>
      </header>
      <div className="pf">
        <section>
          <h2>{t('profile.look')}</h2>
          <fieldset className="seg-pick" aria-label={t('profile.theme')}>
            {schemes.map((one) => (
              <button key={one} type="button" aria-pressed={scheme === one} onClick={() => choose(one)}>
                {t(`theme.${one}`)}
              </button>
            ))}
          </fieldset>
          <fieldset className="seg-pick" aria-label={t('profile.language')}>
            {languages.map((one) => (
              <button
                key={one}
                type="button"
                lang={one}
                aria-pressed={i18n.language === one}
                onClick={() => {
                  void speak(one as Language).then(loadOwnWords);
                  void change({ language: one });
                }}
              >
                {t(`language.${one}`)}
              </button>
            ))}
          </fieldset>
          <Field label={t('profile.zone')}>
            {(ids) => (
              <input
                {...ids}
                className="input"
                list="zones"
                defaultValue={me.data?.time_zone ?? ''}
                onBlur={(event) =>
                  event.target.value &&
                  event.target.value !== me.data?.time_zone &&
                  void change({ time_zone: event.target.value })
                }
              />
            )}
          </Field>
          <datalist id="zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </section>
        <section>
          <h2>{t('profile.absence')}</h2>
          <p className="q2">{t('profile.absence_text')}</p>
          <form
            className="pf-row"
            onSubmit={(event) => {
              event.preventDefault();
              const form = new FormData(event.currentTarget);
              void change({ absent_from: form.get('from') || null, absent_until: form.get('until') || null });
            }}
          >
            <Field label={t('profile.from')}>
              {(ids) => (
                <input {...ids} className="input" type="date" name="from" defaultValue={person?.absent_from ?? ''} />
              )}
            </Field>
            <Field label={t('profile.until')}>
              {(ids) => (
                <input {...ids} className="input" type="date" name="until" defaultValue={person?.absent_until ?? ''} />
              )}
            </Field>
            <button type="submit" className="btn">
              {t('profile.save')}
            </button>
          </form>
        </section>
        <NoticeChoice />
        <Password />
        <Protection />
        <Sessions onEverywhere={() => void leave(true)} />
        <Tokens />
        <KeyChoice />
      </div>
    </div>
  );
}

function Password() {
  const { t } = useTranslation('house');
  const [refusal, setRefusal] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    setRefusal(null);
    try {
      await ask('/me/password', {
        method: 'POST',
        body: { current: form.get('current'), password: form.get('password') },
      });
      element.reset();
      say(t('profile.password_changed'));
    } catch (error) {
      setRefusal(error);
    }
  };
  return (
    <section>
      <h2>{t('profile.password')}</h2>
      <form className="pf-row" onSubmit={submit}>
        <Field label={t('profile.current')}>
          {(ids) => <input {...ids} className="input" type="password" name="current" autoComplete="current-password" />}
        </Field>
        <Field label={t('profile.new')}>
          {(ids) => <input {...ids} className="input" type="password" name="password" autoComplete="new-password" />}
        </Field>
        <button type="submit" className="btn">
          {t('profile.change')}
        </button>
      </form>
      {refusal ? <Refusal error={refusal} /> : null}
    </section>
  );
}

function Sessions({ onEverywhere }: { onEverywhere: () => void }) {
  const { t } = useTranslation('house');
  const client = useQueryClient();
  const sessions = useQuery({
    queryKey: ['me', 'sessions'],
    queryFn: () => ask<Page<Session>>('/me/sessions'),
    retry: false,
  });
  const end = async (id: string) => {
    await ask(`/me/sessions/${id}`, { method: 'DELETE' }).catch((error: unknown) =>
      say(sentenceOf(error), { tone: 'broken' }),
    );
    await client.invalidateQueries({ queryKey: ['me', 'sessions'] });
  };
  return (
    <section>
      <h2>{t('profile.devices')}</h2>
      <ul className="pf-list">
        {sessions.data?.items.map((session) => (
          <li key={session.id}>
            <span className="cut" title={session.device ?? session.user_agent ?? session.agent}>
              {deviceOf(session.device ?? session.user_agent ?? session.agent ?? '')}
            </span>
            <span className="q2">
              <When at={session.seen_at ?? session.last_seen_at ?? session.started_at ?? session.created_at} />
            </span>
            {session.current ? (
              <span className="q">{t('profile.here')}</span>
            ) : (
              <button type="button" className="link" onClick={() => void end(session.id)}>
                {t('profile.sign_out')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="btn" onClick={onEverywhere}>
        {t('profile.everywhere')}
      </button>
    </section>
  );
}

function Tokens() {
  const { t } = useTranslation('house');
  const client = useQueryClient();
  const [made, setMade] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const tokens = useQuery({ queryKey: ['me', 'tokens'], queryFn: () => ask<Page<Token>>('/me/tokens'), retry: false });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    setRefusal(null);
    try {
      const ends = form.get('ends');
      const token = await ask<Token>('/me/tokens', {
        method: 'POST',
        body: {
          name: form.get('name'),
          scope: form.get('scope'),
          ...(ends ? { ends_at: new Date(`${String(ends)}T23:59:59`).toISOString() } : {}),
        },
        idempotencyKey: crypto.randomUUID(),
      });
      setMade(token.token ?? token.secret ?? null);
      element.reset();
      await client.invalidateQueries({ queryKey: ['me', 'tokens'] });
    } catch (error) {
      setRefusal(error);
    }
  };
  const drop = async (id: string) => {
    await ask(`/me/tokens/${id}`, { method: 'DELETE' }).catch((error: unknown) =>
      say(sentenceOf(error), { tone: 'broken' }),
    );
    await client.invalidateQueries({ queryKey: ['me', 'tokens'] });
  };
  return (
    <section>
      <h2>{t('profile.tokens')}</h2>
      <p className="q2">{t('profile.tokens_text')}</p>
      <ul className="pf-list">
        {tokens.data?.items.map((token) => (
          <li key={token.id}>
            <span className="cut">{token.name}</span>
            <span className="q2">
              {token.ends_at
                ? t('profile.ends', { at: token.ends_at.slice(0, 10) })
                : t(`profile.scope_${token.scope === 'read' || token.scope === 'hooks' ? token.scope : 'all'}`)}
            </span>
            <button type="button" className="link" onClick={() => void drop(token.id)}>
              {t('profile.drop')}
            </button>
          </li>
        ))}
      </ul>
      {made ? (
        <div className="pf-made">
          <p>{t('profile.made')}</p>
          <code className="mono">{made}</code>
          <button
            type="button"
            className="link"
            onClick={() => {
              void navigator.clipboard.writeText(made);
              say(t('profile.copied'));
            }}
          >
            {t('profile.copy')}
          </button>
        </div>
      ) : null}
      <form className="pf-row" onSubmit={submit}>
        <Field label={t('profile.token_name')}>
          {(ids) => <input {...ids} className="input" name="name" autoComplete="off" />}
        </Field>
        <Field label={t('profile.scope')}>
          {(ids) => (
            <select {...ids} className="input" name="scope">
              <option value="all">{t('profile.scope_all')}</option>
              <option value="read">{t('profile.scope_read')}</option>
              <option value="hooks">{t('profile.scope_hooks')}</option>
            </select>
          )}
        </Field>
        <Field label={t('profile.token_ends')}>
          {(ids) => <input {...ids} className="input" type="date" name="ends" />}
        </Field>
        <button type="submit" className="btn">
          {t('profile.token_make')}
        </button>
      </form>
      {refusal ? <Refusal error={refusal} /> : null}
    </section>
  );
}
