import './sign-in.css';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem } from '../api/client';
import { languages, speak } from '../i18n';
import { Field } from '../kit/field';
import { Mark } from '../kit/glyphs';
import { Refusal } from '../kit/states';
import { useTitle } from '../shell/use-title';

/** The frame of everything before one is inside: the line, a sentence, a form. */
export function Gate({ title, lede, children }: { title: string; lede?: string; children: React.ReactNode }) {
  const { t, i18n } = useTranslation('house');
  useTitle(title);
  return (
    <main className="gate">
      <div className="gate-line" aria-hidden="true">
        <svg viewBox="0 0 420 72">
          <path className="had" d="M6 24h118M136 24h118" />
          <path className="ahead" d="M266 24h118" />
          <circle className="stop" cx="6" cy="24" r="4" />
          <circle className="stop" cx="130" cy="24" r="4" />
          <circle className="now" cx="260" cy="24" r="5" />
          <circle className="todo" cx="390" cy="24" r="4" />
          <text x="0" y="52">
            {t('gate.goal')}
          </text>
          <text x="130" y="52" textAnchor="middle">
            {t('gate.service')}
          </text>
          <text x="260" y="52" textAnchor="middle">
            {t('gate.you')}
          </text>
          <text x="398" y="52" textAnchor="end">
            {t('gate.next')}
          </text>
        </svg>
      </div>
      <p className="mark gate-mark">
        <Mark />
        Throughline
      </p>
      <h1>{title}</h1>
      {lede ? <p className="q2 gate-lede">{lede}</p> : null}
      {children}
      <p className="gate-lang s">
        {languages.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            className={i18n.language === language ? 'b' : 'link'}
            aria-pressed={i18n.language === language}
            onClick={() => void speak(language)}
          >
            {t(`language.${language}`)}
          </button>
        ))}
      </p>
    </main>
  );
}

export function SignIn() {
  const { t } = useTranslation('house');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setRefusal(null);
    try {
      await ask('/sign-in', {
        method: 'POST',
        body: { email: String(form.get('email')).trim(), password: form.get('password') },
      });
      client.clear();
      // Only places of our own: a foreign address in the link must not carry anybody away.
      await navigate({ href: next?.startsWith('/') && !next.startsWith('//') ? next : '/' });
    } catch (error) {
      setRefusal(error instanceof Problem && error.status === 401 ? new Error(t('sign_in.wrong')) : error);
      setBusy(false);
    }
  };
  return (
    <Gate title={t('sign_in.title')} lede={t('sign_in.lede')}>
      <form onSubmit={submit} className="gate-form" noValidate>
        <Field label={t('sign_in.email')}>
          {(ids) => (
            <input {...ids} className="input" name="email" type="email" autoComplete="username" required autoFocus />
          )}
        </Field>
        <Field label={t('sign_in.password')}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              name="password"
              type="password"
              autoComplete="current-password"
              required
            />
          )}
        </Field>
        {refusal ? <Refusal error={refusal} /> : null}
        <p className="gate-act">
          <button type="submit" className="btn main" disabled={busy}>
            {t('sign_in.do')}
          </button>
          <a className="link" href="/reset">
            {t('sign_in.forgot')}
          </a>
        </p>
      </form>
    </Gate>
  );
}
