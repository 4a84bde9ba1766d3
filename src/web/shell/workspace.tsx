import './workspace.css';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadDrafts } from '../api/drafts';
import { useMe, useTypes } from '../api/queries';
import { openStream } from '../api/stream';
import { useViews } from '../api/views';
import { Icon, Mark } from '../kit/glyphs';
import { Toaster } from '../kit/toast';
import { useWords } from '../words/use-words';
import { shownBy } from '../words/view';
import { type Action, useActions } from './actions';
import { KeyHelp } from './key-help';
import { useKeyboard } from './keyboard';
import { Navigation, views } from './navigation';
import { loadOwnKeys } from './own-keys';
import { isAgent } from './roles';
import { useScheme } from './theme-switch';
import { pathOf } from './use-href';

const Palette = lazy(() => import('./palette'));
const PortalHead = lazy(() => import('./portal-head'));

/** Everything around a screen: navigation, keys, palette, live stream, toasts. Requesters get the portal's frame. */
export function Workspace() {
  const { t } = useTranslation('shell');
  const client = useQueryClient();
  const me = useMe();
  const types = useTypes();
  const agent = isAgent(me.data);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const openPalette = useCallback(() => setPalette((open) => !open), []);
  useKeyboard(openPalette, palette || help);
  useActions(useShellActions(() => setHelp(true)));

  const pathname = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => setDrawer(false), [pathname]);

  // The palette is fetched before it is asked for, so that it opens with the key.
  useEffect(() => {
    const timer = setTimeout(() => void import('./palette'), 1500);
    return () => clearTimeout(timer);
  }, []);

  const person = me.data?.id;
  useEffect(() => {
    if (!person) return;
    void loadDrafts(person);
    loadOwnKeys().catch(() => undefined);
  }, [person]);

  const ready = Boolean(me.data && types.data);
  // The stream stays open when a practice is switched: what is said while it is opened anew would be lost.
  const known = useRef(types.data);
  known.current = types.data;
  const from = useRef(me.data?.seq);
  from.current ??= me.data?.seq;
  useEffect(() => {
    if (!ready) return;
    return openStream(client, (type) => known.current?.find((one) => one.type === type)?.plural, from.current);
  }, [ready, client]);

  const floating = (
    <>
      {palette ? (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      ) : null}
      {help ? <KeyHelp onClose={() => setHelp(false)} /> : null}
      <Toaster />
    </>
  );
  if (!agent) {
    return (
      <Suspense>
        <div className="portal">
          <PortalHead />
          <main id="main" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        {floating}
      </Suspense>
    );
  }
  return (
    <div className="app">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <div className={drawer ? 'nav-pane open' : 'nav-pane'}>
        <Navigation onPalette={openPalette} onGo={() => setDrawer(false)} />
      </div>
      {drawer ? (
        <button type="button" className="drawer-veil" aria-label={t('nav.close')} onClick={() => setDrawer(false)} />
      ) : null}
      <div className="app-main">
        <header className="topbar">
          <button type="button" className="icon-btn" aria-label={t('nav.open')} onClick={() => setDrawer(true)}>
            <Icon name="menu" />
          </button>
          <Mark />
          <span className="b">Throughline</span>
          <button type="button" className="icon-btn end" aria-label={t('nav.find')} onClick={openPalette}>
            <Icon name="search" />
          </button>
        </header>
        <main id="main" className="stage" tabIndex={-1}>
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {floating}
    </div>
  );
}

function useShellActions(help: () => void): Action[] {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const words = useWords();
  const types = useTypes();
  const me = useMe();
  const { next } = useScheme();
  const { t: d } = useTranslation('desk');
  const agent = isAgent(me.data);
  const saved = useViews(undefined, agent);
  return useMemo(() => {
    const go = (id: string, label: string, to: string, key?: string, search: Record<string, string> = {}): Action => ({
      id: `go.${id}`,
      label,
      group: 'go',
      key,
      run: () => void navigate({ to, search }),
    });
    const list: Action[] = [
      { id: 'house.help', label: t('keys.title'), group: 'house', key: '?', run: help },
      { id: 'house.theme', label: t('theme.next'), group: 'house', run: next },
    ];
    const own = [
      go('notifications', t('nav.notifications'), '/notifications', 'g n'),
      go('profile', t('nav.profile'), '/profile', 'g u'),
    ];
    if (!agent) return [...list, ...own];
    list.push(
      go('my-work', t('nav.my_work'), '/my-work', 'g m'),
      go('unassigned', t('nav.unassigned'), '/incidents', undefined, { filter: views.unassigned }),
      go('waiting', t('nav.waiting'), '/incidents', 'g w', { filter: views.waiting }),
      go('major', t('nav.major'), '/incidents', undefined, { filter: views.major }),
      go('operations', t('nav.operations'), '/operations', 'g o'),
      go('history', t('nav.history'), '/history', 'g h'),
      go('search', t('nav.search'), '/search', 'g f'),
      ...own,
    );
    const quick: Record<string, string> = {
      incident: 'g i',
      service: 'g s',
      person: 'g p',
      goal: 'g g',
      configuration_item: 'g c',
      team: 'g t',
    };
    list.push({
      id: 'create.call',
      label: d('call.key'),
      group: 'create',
      key: 'v',
      run: () => void navigate({ to: '/incidents/new', search: { call: '1' } }),
    });
    const byType = new Map((types.data ?? []).map((type) => [type.type, type.plural]));
    for (const view of saved) {
      const plural = byType.get(view.record_type);
      if (!plural) continue;
      const table = view.columns.length && view.record_type === 'incident';
      list.push(
        go(
          `view.${view.number}`,
          view.name,
          table ? '/incidents/table' : pathOf(plural),
          undefined,
          shownBy(view) as never,
        ),
      );
    }
    for (const type of types.data ?? []) {
      list.push(
        go(type.plural, words.plural(type.type, type.labels ?? type.label), pathOf(type.plural), quick[type.type]),
      );
      if (type.may_create) {
        list.push({
          id: `create.${type.type}`,
          label: t('create', { what: words.type(type.type, type.label) }),
          group: 'create',
          key: type.type === 'incident' ? 'c' : undefined,
          run: () => void navigate({ to: `${pathOf(type.plural)}/new` }),
        });
      }
    }
    return list;
  }, [t, d, navigate, words, types.data, agent, help, next, saved]);
}
