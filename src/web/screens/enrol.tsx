import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import type { Me } from '../api/types';
import { Gate } from './gate';
import { Protection } from './protection';
import { type Protected, ShowFactor } from './protection-proof';

/** How it stands as one comes here: whoever has a second factor already shows it, others set one up. */
async function standing(): Promise<{ protection: Protected; shows: boolean }> {
  const [me, protection] = await Promise.all([ask<Me>('/me'), ask<Protected>('/me/second-factor')]);
  const has = protection.totp_since !== null || protection.passkeys > 0;
  return { protection, shows: has && me.must_enrol === true };
}

/** A rule of the organisation asks for a second factor: it is set up or shown here, and nothing else is open before. */
export function Enrol() {
  const { t } = useTranslation('account');
  const { t: h } = useTranslation('house');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  // Asked once: what is set up here must not turn the page over while its recovery codes are read.
  const came = useQuery({ queryKey: ['enrol'], queryFn: standing, retry: false, gcTime: 0, staleTime: 3_600_000 });
  const go = async () => {
    client.clear();
    await navigate({ href: next?.startsWith('/') && !next.startsWith('//') ? next : '/' });
  };
  const leave = async () => {
    await ask('/sign-out', { method: 'POST', body: {} }).catch(() => undefined);
    client.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Gate
      title={t(came.data?.shows ? 'second.title' : 'enrol.title')}
      lede={t(came.data?.shows ? 'enrol.show' : 'enrol.lede')}
    >
      <div className="gate-form">
        {came.data?.shows ? (
          <ShowFactor now={came.data.protection} onShown={() => void go()} />
        ) : came.data ? (
          <Protection onEnrolled={() => void go()} />
        ) : null}
        <p>
          <button type="button" className="link" onClick={() => void leave()}>
            {h('profile.sign_out')}
          </button>
        </p>
      </div>
    </Gate>
  );
}
