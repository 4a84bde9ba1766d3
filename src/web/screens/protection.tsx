import './profile.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { OneTimeCodes } from './protection-codes';
import { ConfirmDialog, type Confirming, NewCodes } from './protection-parts';
import { Passkeys } from './protection-passkeys';
import type { Protected } from './protection-proof';

const place = ['me', 'second-factor'];

/**
 * What protects one's account beside the password. With `onEnrolled` it is the way in: set one up, keep the recovery
 * codes, go on.
 */
export function Protection({ onEnrolled }: { onEnrolled?: () => void }) {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const protection = useQuery({ queryKey: place, queryFn: () => ask<Protected>('/me/second-factor'), retry: false });
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [confirming, setConfirming] = useState<Confirming | null>(null);
  const now = protection.data;
  if (!now) return null;
  const has = now.totp_since !== null || now.passkeys > 0;
  const changed = async (made?: readonly string[] | null) => {
    if (made) setCodes(made);
    await client.invalidateQueries({ queryKey: ['me'] });
  };
  const renew = () =>
    setConfirming({
      title: t('recovery.renew'),
      text: t('recovery.renew_text'),
      act: async () => {
        const made = await ask<{ recovery_codes: string[] }>('/me/second-factor/recovery-codes', {
          method: 'POST',
          body: {},
        });
        await changed(made.recovery_codes);
      },
    });
  return (
    <section className="pf-guard">
      {onEnrolled ? (
        <h2>{t('enrol.ways')}</h2>
      ) : (
        <>
          <h2>{t('guard.title')}</h2>
          <p className="q2">{t(has ? 'guard.has' : now.required ? 'guard.required' : 'guard.none')}</p>
        </>
      )}
      {codes ? <NewCodes codes={codes} onKept={() => setCodes(null)} onEnrolled={onEnrolled} /> : null}
      {onEnrolled && has ? (
        codes ? null : (
          <button type="button" className="btn main" onClick={onEnrolled}>
            {t('enrol.go')}
          </button>
        )
      ) : (
        <>
          <OneTimeCodes since={now.totp_since} onChanged={changed} onConfirm={setConfirming} />
          <Passkeys onChanged={changed} onConfirm={setConfirming} />
        </>
      )}
      {has && !onEnrolled ? (
        <div>
          <h3>{t('recovery.title')}</h3>
          <p className="q2">{t('recovery.left', { count: now.recovery_codes })}</p>
          <button type="button" className="btn" onClick={renew}>
            {t('recovery.renew')}
          </button>
        </div>
      ) : null}
      {confirming ? <ConfirmDialog {...confirming} now={now} onClose={() => setConfirming(null)} /> : null}
    </section>
  );
}
