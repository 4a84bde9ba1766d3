import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { Field } from '../kit/field';
import { Refusal } from '../kit/states';
import { Gate } from './gate';

/** A new password: first the mail is asked for, then its link leads here with a token. */
export function Reset() {
  const { t } = useTranslation('house');
  const { token } = useSearch({ strict: false }) as { token?: string };
  const [refusal, setRefusal] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setRefusal(null);
    try {
      if (token) await ask('/password-reset', { method: 'POST', body: { token, password: form.get('password') } });
      else await ask('/password-reset', { method: 'POST', body: { email: String(form.get('email')).trim() } });
      setDone(true);
    } catch (error) {
      setRefusal(error);
    }
  };
  return (
    <Gate title={t('reset.title')} lede={done ? undefined : t(token ? 'reset.new' : 'reset.lede')}>
      {done ? (
        <div className="gate-form">
          <p>{t(token ? 'reset.changed' : 'reset.sent')}</p>
          <p>
            <a className="link" href="/sign-in">
              {t('sign_in.do')}
            </a>
          </p>
        </div>
      ) : (
        <form onSubmit={submit} className="gate-form" noValidate>
          {token ? (
            <Field label={t('sign_in.password')} hint={t('setup.password')}>
              {(ids) => (
                <input
                  {...ids}
                  className="input"
                  name="password"
                  type="password"
                  autoComplete="new-password"
                  autoFocus
                />
              )}
            </Field>
          ) : (
            <Field label={t('sign_in.email')}>
              {(ids) => (
                <input {...ids} className="input" name="email" type="email" autoComplete="username" autoFocus />
              )}
            </Field>
          )}
          {refusal ? <Refusal error={refusal} /> : null}
          <p className="gate-act">
            <button type="submit" className="btn main">
              {t(token ? 'reset.set' : 'reset.send')}
            </button>
            <a className="link" href="/sign-in">
              {t('reset.back')}
            </a>
          </p>
        </form>
      )}
    </Gate>
  );
}
