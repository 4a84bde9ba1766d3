import './sign-in.css';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem } from '../api/client';
import { askPasskey, knowsPasskeys, wasDeclined } from '../api/passkey';
import { Field } from '../kit/field';
import { Refusal } from '../kit/states';
import { Gate } from './gate';
import { type SecondFactor, SecondStep } from './sign-in-second';

/** By password and, where there is one, a second factor; or by a passkey alone. */
export function SignIn() {
  const { t } = useTranslation('house');
  const { t: a } = useTranslation('account');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [second, setSecond] = useState<SecondFactor | null>(null);
  const go = async () => {
    client.clear();
    // Only places of our own: a foreign address in the link must not carry anybody away.
    await navigate({ href: next?.startsWith('/') && !next.startsWith('//') ? next : '/' });
  };
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
      await go();
    } catch (error) {
      setBusy(false);
      if (error instanceof Problem && error.code === 'second_factor_required')
        setSecond(error.body as unknown as SecondFactor);
      else setRefusal(error instanceof Problem && error.status === 401 ? new Error(t('sign_in.wrong')) : error);
    }
  };
  const byPasskey = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const options = await ask<Record<string, unknown>>('/sign-in/passkey/options', { method: 'POST', body: {} });
      await ask('/sign-in/passkey', { method: 'POST', body: { response: await askPasskey(options) } });
      await go();
    } catch (error) {
      setBusy(false);
      setRefusal(sentenceOfPasskey(error, a('passkey.place')));
    }
  };
  if (second)
    return (
      <SecondStep
        second={second}
        onDone={go}
        onPasskey={byPasskey}
        refused={refusal}
        onBack={(sentence) => {
          setSecond(null);
          setRefusal(sentence);
        }}
      />
    );
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
          {knowsPasskeys() ? (
            <button type="button" className="btn" disabled={busy} onClick={() => void byPasskey()}>
              {a('passkey.sign_in')}
            </button>
          ) : null}
        </p>
        <p>
          <a className="link" href="/reset">
            {t('sign_in.forgot')}
          </a>
        </p>
      </form>
    </Gate>
  );
}

/** What a browser says when the address is not the one its passkeys belong to is no sentence for people. */
function sentenceOfPasskey(error: unknown, place: string): unknown {
  if (wasDeclined(error)) return null;
  return error instanceof DOMException ? new Error(place) : error;
}
