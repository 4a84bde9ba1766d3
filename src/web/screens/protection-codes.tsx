import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { Field } from '../kit/field';
import { Qr } from '../kit/qr';
import { Refusal } from '../kit/states';
import { type Confirming, isProofNeeded, Since } from './protection-parts';

/** One-time codes: a picture for the telephone, the same as text, and the first code as proof. */
export function OneTimeCodes({
  since,
  onChanged,
  onConfirm,
}: {
  since: string | null;
  onChanged: (codes?: readonly string[] | null) => Promise<void>;
  onConfirm: (act: Confirming) => void;
}) {
  const { t } = useTranslation('account');
  const [begun, setBegun] = useState<{ secret: string; uri: string } | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const begin = async () => {
    setRefusal(null);
    const act = async () => setBegun(await ask('/me/second-factor/totp', { method: 'POST', body: {} }));
    try {
      await act();
    } catch (error) {
      if (isProofNeeded(error)) onConfirm({ title: t('proof.title'), text: t('proof.text'), act });
      else setRefusal(error);
    }
  };
  const confirm = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setRefusal(null);
    try {
      const done = await ask<{ recovery_codes: string[] | null }>('/me/second-factor/totp/confirm', {
        method: 'POST',
        body: { code: String(new FormData(event.currentTarget).get('code')).trim() },
      });
      setBegun(null);
      await onChanged(done.recovery_codes);
    } catch (error) {
      setRefusal(error);
    }
  };
  const remove = () =>
    onConfirm({
      title: t('totp.remove'),
      text: t('totp.remove_text'),
      act: async () => {
        await ask('/me/second-factor/totp/remove', { method: 'POST', body: {} });
        await onChanged();
      },
    });
  return (
    <div>
      <h3>{t('totp.title')}</h3>
      {since ? (
        <p className="pf-line">
          <Since at={since} />
          <button type="button" className="link" onClick={remove}>
            {t('totp.remove')}
          </button>
        </p>
      ) : begun ? (
        <form className="pf-enrol" onSubmit={confirm} noValidate>
          <p>{t('totp.scan')}</p>
          <Qr text={begun.uri} label={t('totp.picture')} />
          <p>
            {t('totp.by_hand')} <code className="pf-secret">{begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </p>
          <Field label={t('second.code')}>
            {(ids) => (
              <input
                {...ids}
                className="input"
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={10}
                autoFocus
              />
            )}
          </Field>
          <p className="pf-line">
            <button type="submit" className="btn main">
              {t('totp.confirm')}
            </button>
            <button type="button" className="link" onClick={() => setBegun(null)}>
              {t('totp.later')}
            </button>
          </p>
        </form>
      ) : (
        <>
          <p className="q2">{t('totp.text')}</p>
          <button type="button" className="btn" onClick={() => void begin()}>
            {t('totp.begin')}
          </button>
        </>
      )}
      {refusal ? <Refusal error={refusal} /> : null}
    </div>
  );
}
