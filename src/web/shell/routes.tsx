import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import { Problem } from '../api/client';
import { keys } from '../api/keys';
import { askMe } from '../api/queries';
import type { Me } from '../api/types';
import { Missing, Wrong } from './missing';
import { isAgent } from './roles';
import { Workspace } from './workspace';

/** The address holds the whole view as plain words: `?filter=team:"Service desk" state:open&sort=due_at`. */
const validateSearch = (search: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).map(([key, value]) => [key, String(value)]));

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing, errorComponent: Wrong });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch,
  component: lazyRouteComponent(() => import('../screens/sign-in'), 'SignIn'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch,
  component: lazyRouteComponent(() => import('../screens/setup'), 'Setup'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  validateSearch,
  component: lazyRouteComponent(() => import('../screens/reset'), 'Reset'),
});

const notices = createRoute({
  getParentRoute: () => root,
  path: '/notices',
  validateSearch,
  component: lazyRouteComponent(() => import('../screens/notice-link'), 'NoticeLink'),
});

const enrol = createRoute({
  getParentRoute: () => root,
  path: '/enrol',
  validateSearch,
  component: lazyRouteComponent(() => import('../screens/enrol'), 'Enrol'),
});

/** Who is signed in, or null; a server that does not answer is no reason to ask for a password. */
const askedNow = (client: QueryClient): Promise<Me | null> =>
  client
    .fetchQuery({ queryKey: keys.me, queryFn: askMe, retry: false, staleTime: 3_600_000 })
    .catch((error: unknown) => {
      if (error instanceof Problem && error.status >= 400 && error.status < 500) return null;
      throw error;
    });

/** Asks who is here before anything is drawn; nobody goes to the sign-in and comes back afterwards. */
async function whoIsHere(client: QueryClient, href: string): Promise<Me> {
  const next = href === '/' ? {} : { next: href };
  const me = client.getQueryData<Me>(keys.me) ?? (await askedNow(client));
  if (!me) throw redirect({ to: '/sign-in', search: next });
  // Whose role needs a second factor sets one up before anything else is open.
  if (me.must_enrol) throw redirect({ to: '/enrol', search: next });
  return me;
}

/** The tree of screens. Each is its own file over the wire, asked for when somebody goes there. */
export function makeRouter(client: QueryClient) {
  const inside = createRoute({
    getParentRoute: () => root,
    id: 'inside',
    beforeLoad: async ({ location }) => ({ me: await whoIsHere(client, location.href) }),
    component: Workspace,
  });
  const screen = (path: string, load: () => Promise<Record<string, unknown>>, name: string) =>
    createRoute({
      getParentRoute: () => inside,
      path,
      validateSearch,
      component: lazyRouteComponent(load as () => Promise<Record<string, React.ComponentType>>, name),
    });
  // Paper bears no menu: nothing of the workspace stands around it.
  const bare = createRoute({
    getParentRoute: () => root,
    id: 'bare',
    beforeLoad: async ({ location }) => ({ me: await whoIsHere(client, location.href) }),
    component: Outlet,
  });
  const printed = createRoute({
    getParentRoute: () => bare,
    path: '/$plural/$number/print',
    validateSearch,
    component: lazyRouteComponent(() => import('../screens/print/page'), 'PrintRecord'),
  });
  const home = createRoute({
    getParentRoute: () => inside,
    path: '/',
    beforeLoad: async () => {
      if (isAgent(client.getQueryData<Me>(keys.me))) throw redirect({ to: '/my-work' });
    },
    component: lazyRouteComponent(() => import('../screens/portal/home'), 'PortalHome'),
  });
  const queue = () => import('../../practices/operation/incident/ui/queue');
  const tree = root.addChildren([
    signIn,
    setup,
    reset,
    notices,
    bare.addChildren([printed]),
    enrol,
    inside.addChildren([
      home,
      screen('/mine', () => import('../screens/portal/mine'), 'Mine'),
      screen('/mine/$number', () => import('../screens/portal/ticket'), 'Ticket'),
      screen('/my-work', () => import('../screens/my-work'), 'MyWork'),
      screen('/search', () => import('../screens/search'), 'Search'),
      screen('/incidents/new', () => import('../../practices/operation/incident/ui/new'), 'NewIncident'),
      screen('/incidents/table', () => import('../screens/records/list'), 'RecordList'),
      screen('/incidents', queue, 'Queue'),
      screen('/incidents/$number', queue, 'Queue'),
      screen('/operations', () => import('../screens/operations/page'), 'Operations'),
      screen('/history', () => import('../screens/history'), 'History'),
      screen('/notifications', () => import('../screens/notifications'), 'Notifications'),
      screen('/outbox', () => import('../screens/outbox'), 'Outbox'),
      screen('/profile', () => import('../screens/profile'), 'Profile'),
      screen('/administration', () => import('../screens/administration'), 'Administration'),
      screen('/administration/changed', () => import('../screens/changed'), 'Changed'),
      screen('/practices', () => import('../screens/practices'), 'Practices'),
      screen('/$plural/$number/versions', () => import('../screens/records/versions'), 'Versions'),
      ...['goals', 'services', 'agreements', 'calendars'].map((plural) =>
        screen(`/${plural}/new`, () => import('../screens/records/new'), 'NewRecord'),
      ),
      screen('/goals', () => import('../../practices/strategy/strategy/ui/goals'), 'Goals'),
      screen('/goals/$number', () => import('../../practices/strategy/strategy/ui/goal'), 'Goal'),
      screen('/components/new', () => import('../screens/records/new'), 'NewRecord'),
      screen(
        '/components/$number',
        () => import('../../practices/transition/service-configuration/ui/component'),
        'Component',
      ),
      screen('/services', () => import('../../practices/design/service-catalogue/ui/services'), 'Services'),
      screen('/services/$number', () => import('../../practices/design/service-catalogue/ui/service'), 'Service'),
      screen('/agreements/$number', () => import('../../practices/design/service-level/ui/agreement'), 'Agreement'),
      screen('/calendars/$number', () => import('../../practices/design/service-level/ui/calendar'), 'Calendar'),
      screen('/problems/$number', () => import('../../practices/operation/problem/ui/problem'), 'Problem'),
      screen('/changes', () => import('../../practices/transition/change-enablement/ui/changes'), 'Changes'),
      screen('/changes/new', () => import('../screens/records/new'), 'NewRecord'),
      screen('/problems/new', () => import('../screens/records/new'), 'NewRecord'),
      screen(
        '/changes/calendar',
        () => import('../../practices/transition/change-enablement/ui/calendar'),
        'ChangeCalendar',
      ),
      screen('/changes/$number', () => import('../../practices/transition/change-enablement/ui/change'), 'Change'),
      screen('/$plural', () => import('../screens/records/list'), 'RecordList'),
      screen('/$plural/new', () => import('../screens/records/new'), 'NewRecord'),
      screen('/$plural/$number', () => import('../screens/records/page'), 'RecordPage'),
    ]),
  ]);
  return createRouter({
    routeTree: tree,
    parseSearch: parseSearchWith((value) => value),
    stringifySearch: stringifySearchWith((value) => String(value)),
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    scrollRestoration: true,
    defaultNotFoundComponent: Missing,
    defaultErrorComponent: Wrong,
  });
}
