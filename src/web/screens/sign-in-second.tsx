import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem } from '../api/client';
import { knowsPasskeys } from '../api/passkey';
import { Field } from '../kit/field';
import { Refusal } from '../kit/states';
import { Gate } from './gate';

/** What the first step says of the second. */
export interface SecondFactor {
  readonly challenge: string;
  readonly factors: readonly ('totp' | 'passkey' | 'recovery')[];
}

/** The second step: a one-time code, a passkey, or a recovery code when both are lost. */
export function SecondStep({
  second,
  refused,
  onDone,
  onPasskey,
  onBack,
}: {
  second: SecondFactor;
  refused: unknown;
  onDone: () => Promise<void>;
  onPasskey: () => Promise<void>;
  /** To the first step; with what is to be said there. */
  onBack: (why: unknown) => void;
}) {
  const { t } = useTranslation('account');
  const has = (factor: SecondFactor['factors'][number]) => second.factors.includes(factor);
  const [recovery, setRecovery] = useState(!has('totp') && !has('passkey'));
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const typed = recovery || has('totp');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const code = String(new FormData(form).get('code') ?? '').trim();
    setBusy(true);
    setRefusal(null);
    try {
      await ask('/sign-in/second-factor', {
        method: 'POST',
        body: { challenge: second.challenge, ...(recovery ? { recovery_code: code } : { code }) },
      });
      await onDone();
    } catch (error) {
      setBusy(false);
      if (error instanceof Problem && error.errors.some(({ field }) => field === 'challenge'))
        onBack(new Error(t('second.late')));
      else setRefusal(error instanceof Problem && error.status === 401 ? new Error(t('second.wrong')) : error);
      form.querySelector('input')?.select();
    }
  };
  return (
    <Gate title={t('second.title')} lede={t(recovery ? 'second.recovery_lede' : typed ? 'second.lede' : 'second.key')}>
      <form onSubmit={submit} className="gate-form" noValidate>
        {typed ? (
          <Field key={String(recovery)} label={t(recovery ? 'second.recovery' : 'second.code')}>
            {(ids) => (
              <input
                {...ids}
                className="input"
                name="code"
                inputMode={recovery ? 'text' : 'numeric'}
                autoComplete={recovery ? 'off' : 'one-time-code'}
                maxLength={recovery ? 40 : 10}
                autoFocus
                required
              />
            )}
          </Field>
        ) : null}
        {refusal || refused ? <Refusal error={refusal ?? refused} /> : null}
        <p className="gate-act">
          {typed ? (
            <button type="submit" className="btn main" disabled={busy}>
              {t('second.do')}
            </button>
          ) : null}
          {has('passkey') && knowsPasskeys() ? (
            <button
              type="button"
              className={typed ? 'btn' : 'btn main'}
              autoFocus={!typed}
              onClick={() => void onPasskey()}
            >
              {t('passkey.sign_in')}
            </button>
          ) : null}
        </p>
        <p className="gate-act">
          {has('recovery') ? (
            <button type="button" className="link" onClick={() => setRecovery((before) => !before)}>
              {t(recovery ? 'second.back_to_code' : 'second.lost')}
            </button>
          ) : null}
          <button type="button" className="link" onClick={() => onBack(null)}>
            {t('second.back')}
          </button>
        </p>
      </form>
    </Gate>
  );
}
