import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { Field } from '../kit/field';
import { Refusal } from '../kit/states';
import { Gate } from './gate';

/** The first administrator of an empty organisation, by the one-time link the server printed. */
export function Setup() {
  const { t } = useTranslation('house');
  const { t: a } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { token } = useSearch({ strict: false }) as { token?: string };
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    if (form.get('password') !== form.get('again')) {
      setRefusal(new Error(t('setup.differ')));
      return;
    }
    setBusy(true);
    setRefusal(null);
    try {
      await ask('/set-up', {
        method: 'POST',
        body: {
          token,
          organization: text('organization'),
          name: text('name'),
          email: text('email'),
          size: text('size'),
          password: form.get('password'),
        },
      });
      client.clear();
      await navigate({ to: '/' });
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  return (
    <Gate title={t('setup.title')} lede={t('setup.lede')}>
      {token ? null : <Refusal title={t('setup.no_token')} />}
      <form onSubmit={submit} className="gate-form" noValidate>
        <Field label={t('setup.organization')}>
          {(ids) => <input {...ids} className="input" name="organization" autoComplete="organization" autoFocus />}
        </Field>
        <Field label={t('setup.name')}>
          {(ids) => <input {...ids} className="input" name="name" autoComplete="name" />}
        </Field>
        <Field label={t('sign_in.email')}>
          {(ids) => <input {...ids} className="input" name="email" type="email" autoComplete="username" />}
        </Field>
        <Field label={t('sign_in.password')} hint={t('setup.password')}>
          {(ids) => <input {...ids} className="input" name="password" type="password" autoComplete="new-password" />}
        </Field>
        <Field label={t('setup.again')}>
          {(ids) => <input {...ids} className="input" name="again" type="password" autoComplete="new-password" />}
        </Field>
        <fieldset className="gate-size">
          <legend>{a('size.title')}</legend>
          {(['small', 'everything'] as const).map((size) => (
            <label key={size}>
              <input type="radio" name="size" value={size} defaultChecked={size === 'small'} />
              <span>
                <span className="b">{a(`size.${size}`)}</span>
                <span className="s q2">{a(`size.${size}_text`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {refusal ? <Refusal error={refusal} /> : null}
        <p className="gate-act">
          <button type="submit" className="btn main" disabled={busy || !token}>
            {t('setup.do')}
          </button>
        </p>
      </form>
    </Gate>
  );
}
