import './api/unique';
import './tokens.css';
import './base.css';
import './kit/marks.css';
import './kit/verb-bar.css';
import './kit/field.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem, whenSignedOut, whenWaiting } from './api/client';
import { keys } from './api/keys';
import { noticeLate } from './api/late';
import { firstLanguage, speak } from './i18n';
import { makeRouter } from './shell/routes';
import { schemeManager } from './shell/theme-switch';
import { theme } from './theme';

function storedLanguage(): string | null {
  try {
    return localStorage.getItem('tl.language');
  } catch {
    return null;
  }
}

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only silence and overload are worth asking again.
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
    },
  },
});
noticeLate(client);
const router = makeRouter(client);

/** Doors that open without signing in: a link in a mail is its own key. */
const open = new Set(['/sign-in', '/setup', '/reset', '/notices']);

whenSignedOut(() => {
  if (open.has(location.pathname)) return;
  client.setQueryData(keys.me, undefined);
  void router.navigate({ to: '/sign-in', search: { next: location.pathname + location.search } });
});

whenWaiting(() => {
  if (location.pathname === '/enrol') return;
  client.setQueryData(keys.me, undefined);
  void router.navigate({ to: '/enrol', search: { next: location.pathname + location.search } });
});

await speak(firstLanguage(storedLanguage(), navigator.languages));

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
