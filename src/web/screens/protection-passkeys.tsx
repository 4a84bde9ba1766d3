import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { knowsPasskeys, makePasskey, wasDeclined } from '../api/passkey';
import type { Page } from '../api/types';
import { Field } from '../kit/field';
import { When } from '../kit/marks';
import { Refusal } from '../kit/states';
import { deviceOf } from './device';
import { type Confirming, isProofNeeded } from './protection-parts';

interface Passkey {
  id: string;
  name: string;
  created_at: string;
  seen_at: string | null;
}

/** One's passkeys: each with a name of one's own. */
export function Passkeys({
  onChanged,
  onConfirm,
}: {
  onChanged: (codes?: readonly string[] | null) => Promise<void>;
  onConfirm: (act: Confirming) => void;
}) {
  const { t } = useTranslation('account');
  const passkeys = useQuery({
    queryKey: ['me', 'passkeys'],
    queryFn: () => ask<Page<Passkey>>('/me/passkeys'),
    retry: false,
  });
  const [naming, setNaming] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const trying = async (act: () => Promise<void>) => {
    setRefusal(null);
    try {
      await act();
    } catch (error) {
      if (!wasDeclined(error)) setRefusal(error instanceof DOMException ? new Error(t('passkey.place')) : error);
    }
  };
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    const act = async () => {
      const options = await ask<Record<string, unknown>>('/me/passkeys/options', { method: 'POST', body: {} });
      const response = await makePasskey(options);
      const made = await ask<{ recovery_codes: string[] | null }>('/me/passkeys', {
        method: 'POST',
        body: { name, response },
      });
      setNaming(null);
      await onChanged(made.recovery_codes);
    };
    return trying(() =>
      act().catch((error: unknown) => {
        if (!isProofNeeded(error)) throw error;
        onConfirm({ title: t('proof.title'), text: t('proof.text'), act });
      }),
    );
  };
  const rename = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    return trying(async () => {
      await ask(`/me/passkeys/${naming}`, { method: 'PATCH', body: { name } });
      setNaming(null);
      await onChanged();
    });
  };
  const remove = ({ id, name }: Passkey) =>
    onConfirm({
      title: t('passkey.remove'),
      text: t('passkey.remove_text', { name }),
      act: async () => {
        await ask(`/me/passkeys/${id}/remove`, { method: 'POST', body: {} });
        await onChanged();
      },
    });
  return (
    <div>
      <h3>{t('passkey.title')}</h3>
      {passkeys.data?.items.length ? (
        <ul className="pf-list">
          {passkeys.data.items.map((passkey) =>
            naming === passkey.id ? (
              <li key={passkey.id} className="pf-whole">
                <Naming name={passkey.name} act={t('passkey.save')} onSubmit={rename} onClose={() => setNaming(null)} />
              </li>
            ) : (
              <li key={passkey.id}>
                <span className="cut">{passkey.name}</span>
                <span className="q2">{passkey.seen_at ? <When at={passkey.seen_at} /> : t('passkey.unused')}</span>
                <span className="pf-line">
                  <button
                    type="button"
                    className="link"
                    aria-label={t('passkey.rename_one', { name: passkey.name })}
                    onClick={() => setNaming(passkey.id)}
                  >
                    {t('passkey.rename')}
                  </button>
                  <button
                    type="button"
                    className="link"
                    aria-label={t('passkey.remove_one', { name: passkey.name })}
                    onClick={() => remove(passkey)}
                  >
                    {t('passkey.drop')}
                  </button>
                </span>
              </li>
            ),
          )}
        </ul>
      ) : (
        <p className="q2">{t('passkey.text')}</p>
      )}
      {naming === 'new' ? (
        <Naming
          name={deviceOf(navigator.userAgent)}
          act={t('passkey.make')}
          onSubmit={add}
          onClose={() => setNaming(null)}
        />
      ) : knowsPasskeys() ? (
        <button type="button" className="btn" onClick={() => setNaming('new')}>
          {t('passkey.add')}
        </button>
      ) : (
        <p className="q2">{t('passkey.unable')}</p>
      )}
      {refusal ? <Refusal error={refusal} /> : null}
    </div>
  );
}

function Naming({
  name,
  act,
  onSubmit,
  onClose,
}: {
  name: string;
  act: string;
  onSubmit: (event: FormEvent<HTMLFormElement>) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation('account');
  const { t: k } = useTranslation('kit');
  return (
    <form className="pf-row" onSubmit={(event) => void onSubmit(event)} noValidate>
      <Field label={t('passkey.name')}>
        {(ids) => <input {...ids} className="input" name="name" defaultValue={name} maxLength={100} autoFocus />}
      </Field>
      <button type="submit" className="btn main">
        {act}
      </button>
      <button type="button" className="btn quiet" onClick={onClose}>
        {k('cancel')}
      </button>
    </form>
  );
}
