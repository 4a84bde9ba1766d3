import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { askPasskey, knowsPasskeys, wasDeclined } from '../api/passkey';
import { Field } from '../kit/field';
import { Refusal } from '../kit/states';

/** What protects one's own account, as the server tells it. */
export interface Protected {
  totp_since: string | null;
  passkeys: number;
  recovery_codes: number;
  required: boolean;
}

/** By what somebody shows again who they are. */
type Way = 'password' | 'code' | 'recovery' | 'passkey';

/** The ways by a second factor this account has. */
const factorWays = ({ totp_since, passkeys }: Protected): Way[] => [
  ...(totp_since ? (['code'] as const) : []),
  ...(passkeys > 0 && knowsPasskeys() ? (['passkey'] as const) : []),
];

/** Before something that protects the account is changed. */
export const waysToConfirm = (now: Protected): Way[] => ['password', ...factorWays(now)];

/** Where the password is not enough. */
const waysToShow = (now: Protected): Way[] => [
  ...factorWays(now),
  ...(now.recovery_codes > 0 ? (['recovery'] as const) : []),
];

const autocomplete = { password: 'current-password', code: 'one-time-code', recovery: 'off' } as const;

/** A proof in the making: its fields, and what sends it. `prove` throws the server's refusal. */
export function useProof(ways: readonly Way[]) {
  const { t } = useTranslation('account');
  const [way, setWay] = useState<Way>(ways[0] ?? 'password');
  const [text, setText] = useState('');
  const label = { password: t('guard.password'), code: t('second.code'), recovery: t('second.recovery') };
  const prove = async () => {
    const said =
      way === 'passkey'
        ? { response: await askPasskey(await ask('/sign-in/passkey/options', { method: 'POST', body: {} })) }
        : { [way === 'recovery' ? 'recovery_code' : way]: way === 'password' ? text : text.trim() };
    await ask('/me/proof', { method: 'POST', body: said });
  };
  const fields = (
    <>
      {way === 'passkey' ? (
        <p className="q2">{t('second.key')}</p>
      ) : (
        <Field key={way} label={label[way]}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              type={way === 'password' ? 'password' : 'text'}
              inputMode={way === 'code' ? 'numeric' : 'text'}
              autoComplete={autocomplete[way]}
              value={text}
              autoFocus
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
      {ways.length > 1 ? (
        <p className="pf-line">
          {ways
            .filter((one) => one !== way)
            .map((one) => (
              <button
                key={one}
                type="button"
                className="link"
                onClick={() => {
                  setText('');
                  setWay(one);
                }}
              >
                {t(`proof.${one}`)}
              </button>
            ))}
        </p>
      ) : null}
    </>
  );
  return { fields, prove };
}

/** A rule has come to ask for the second factor this account has: it is shown here, and the session goes on. */
export function ShowFactor({ now, onShown }: { now: Protected; onShown: () => void }) {
  const { t } = useTranslation('account');
  const [refusal, setRefusal] = useState<unknown>(null);
  const { fields, prove } = useProof(waysToShow(now));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setRefusal(null);
    try {
      await prove();
      onShown();
    } catch (error) {
      if (!wasDeclined(error)) setRefusal(error);
    }
  };
  return (
    <form className="pf-enrol" onSubmit={(event) => void submit(event)} noValidate>
      {fields}
      {refusal ? <Refusal error={refusal} /> : null}
      <p className="gate-act">
        <button type="submit" className="btn main">
          {t('enrol.go')}
        </button>
      </p>
    </form>
  );
}
