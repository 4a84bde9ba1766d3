import './portal-head.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { Mark } from '../kit/glyphs';
import { Who } from '../kit/marks';

/** The one row on top of the portal. */
export default function PortalHead() {
  const { t } = useTranslation('portal');
  const me = useMe();
  return (
    <header className="ph">
      <Link to="/" className="mark">
        <Mark />
        <span>
          Throughline <span className="q ph-sub">{t('head.sub')}</span>
        </span>
      </Link>
      <nav aria-label={t('head.label')}>
        <Link to="/" activeOptions={{ exact: true }}>
          {t('head.home')}
        </Link>
        <Link to="/mine">{t('head.mine')}</Link>
        <Link to="/profile" className="ph-me" aria-label={me.data?.name}>
          <Who name={me.data?.name ?? ''} large />
        </Link>
      </nav>
    </header>
  );
}
