import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { Gate } from './gate';
import { Protection } from './protection';

/** A rule of the organisation asks for a second factor: it is set up here, and nothing else is open before. */
export function Enrol() {
  const { t } = useTranslation('account');
  const { t: h } = useTranslation('house');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
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
    <Gate title={t('enrol.title')} lede={t('enrol.lede')}>
      <div className="gate-form">
        <Protection onEnrolled={() => void go()} />
        <p>
          <button type="button" className="link" onClick={() => void leave()}>
            {h('profile.sign_out')}
          </button>
        </p>
      </div>
    </Gate>
  );
}
