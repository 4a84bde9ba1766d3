import './navigation.css';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCount, useMe, useTold, useTypes } from '../api/queries';
import { Icon, Mark } from '../kit/glyphs';
import { Key, Who } from '../kit/marks';
import { useWords } from '../words/use-words';
import { has } from './roles';
import { pathOf } from './use-href';

/** What is worked on, what gives direction, who is here; an entry is a record type its practice owns. */
const floors: { floor: 'practices' | 'direction' | 'house'; types: string[]; pages?: ('operations' | 'history')[] }[] =
  [
    { floor: 'practices', types: ['incident', 'problem', 'change', 'configuration_item', 'alert', 'outage'] },
    { floor: 'direction', types: ['goal', 'service', 'agreement', 'calendar'], pages: ['operations', 'history'] },
    { floor: 'house', types: ['person', 'team'] },
  ];

function Entry({
  to,
  search,
  children,
  count,
}: {
  to: string;
  search?: Record<string, string>;
  children: ReactNode;
  count?: string;
}) {
  const location = useLocation();
  const wanted = search?.filter;
  const here = location.pathname === to || location.pathname.startsWith(`${to}/`);
  const filter = (location.search as { filter?: string }).filter ?? '';
  const current = here && (wanted === undefined ? !mineFilters.has(filter) : filter === wanted);
  return (
    <Link to={to} search={search ?? {}} className="nav-a" aria-current={current ? 'page' : undefined}>
      <span className="cut">{children}</span>
      {count ? <span className="num">{count}</span> : null}
    </Link>
  );
}

export const views = {
  waiting: 'assignee:me state:on_hold',
  major: 'major:true state:open',
  unassigned: 'assignee:none state:open',
};
const mineFilters = new Set<string>(Object.values(views));

function useFigure(plural: string, params: Record<string, string>, enabled: boolean): string | undefined {
  const words = useWords();
  const count = useCount(plural, params, enabled);
  const total = count.data?.total;
  if (!total) return undefined;
  return `${words.number(total)}${count.data?.total_exact === false ? '+' : ''}`;
}

/** What one goes to: own work first, then the floors of the house, the person last. */
export function Navigation({ onPalette, onGo }: { onPalette: () => void; onGo?: () => void }) {
  const { t } = useTranslation('shell');
  const words = useWords();
  const me = useMe();
  const types = useTypes();
  const known = (type: string) => types.data?.find((one) => one.type === type);
  const incidents = Boolean(known('incident'));
  const mine = useFigure('incidents', { assignee_id: 'me', state_category: 'open' }, incidents);
  const waiting = useFigure('incidents', { assignee_id: 'me', state: 'on_hold' }, incidents);
  const unassigned = useFigure('incidents', { 'assignee_id.empty': 'true', state_category: 'open,paused' }, incidents);
  const told = useTold();
  const unread = told.data?.pages[0]?.unread ?? 0;
  const major = useFigure('incidents', { major: 'true', state_category: 'open,paused' }, incidents);
  return (
    <nav
      className="nav"
      aria-label={t('nav.label')}
      onClickCapture={(event) => (event.target as HTMLElement).closest('a') && onGo?.()}
    >
      <Link to="/" className="mark">
        <Mark />
        Throughline
      </Link>
      <button type="button" className="find" onClick={onPalette}>
        <Icon name="search" />
        {t('nav.find')} <Key>Ctrl K</Key>
      </button>
      <div className="nav-scroll">
        <Entry to="/my-work" count={mine}>
          {t('nav.my_work')}
        </Entry>
        <Entry to="/notifications" count={unread ? words.number(unread) : undefined}>
          {t('nav.notifications')}
        </Entry>
        {incidents ? (
          <>
            <Entry to="/incidents" search={{ filter: views.unassigned }} count={unassigned}>
              {t('nav.unassigned')}
            </Entry>
            <Entry to="/incidents" search={{ filter: views.waiting }} count={waiting}>
              {t('nav.waiting')}
            </Entry>
            <Entry to="/incidents" search={{ filter: views.major }} count={major}>
              {t('nav.major')}
            </Entry>
          </>
        ) : null}
        {floors.map(({ floor, types: shown, pages = [] }) => {
          const entries = shown.map(known).filter((type) => type !== undefined);
          if (entries.length + pages.length === 0) return null;
          return (
            <div key={floor}>
              <h3>{t(`floor.${floor}`)}</h3>
              {entries.map((type) => (
                <Entry key={type.type} to={pathOf(type.plural)}>
                  {words.plural(type.type, type.labels ?? type.label)}
                </Entry>
              ))}
              {pages.map((page) => (
                <Entry key={page} to={`/${page}`}>
                  {t(`nav.${page}`)}
                </Entry>
              ))}
            </div>
          );
        })}
        {has(me.data, 'administrator') ? <Entry to="/administration">{t('nav.administration')}</Entry> : null}
      </div>
      <Link to="/profile" className="me" aria-label={t('nav.profile')}>
        <Who name={me.data?.name ?? ''} large />
        <span className="me-w">
          <span className="b cut">{me.data?.name}</span>
          <span className="s q2 cut">
            {me.data?.roles.map((role) => t(`role.${role}` as 'role.agent', role)).join(', ')}
          </span>
        </span>
      </Link>
    </nav>
  );
}
