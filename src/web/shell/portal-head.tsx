import './portal-head.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe, useTold } from '../api/queries';
import { Icon, Mark } from '../kit/glyphs';
import { Who } from '../kit/marks';

/** The one row on top of the portal. */
export default function PortalHead() {
  const { t } = useTranslation('portal');
  const { t: shell } = useTranslation('shell');
  const me = useMe();
  const unread = useTold().data?.pages[0]?.unread ?? 0;
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
        <Link to="/notifications" className="ph-told">
          <Icon name="bell" />
          {unread ? <span className="num">{unread}</span> : null}
          <span className="vh">
            {shell('nav.notifications')} {unread ? shell('nav.unread', { count: unread }) : ''}
          </span>
        </Link>
        <Link to="/profile" className="ph-me" aria-label={me.data?.name}>
          <Who name={me.data?.name ?? ''} large />
        </Link>
      </nav>
    </header>
  );
}
