import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { say } from '../kit/toast';
import type { VerbButton } from '../kit/verb-bar';
import { pathOf } from './use-href';

const Sight = lazy(() => import('../screens/records/sight'));

/** What may be done with any record besides its verbs: see who sees it, print it, send its address to somebody. */
export function useExtra(plural: string, number: string): { items: VerbButton[]; dialog: ReactNode } {
  const { t } = useTranslation('told');
  const { t: p } = useTranslation('print');
  const [sight, setSight] = useState(false);
  const items = useMemo<VerbButton[]>(
    () => [
      { id: 'who-can-see', label: t('sight.verb'), run: () => setSight(true) },
      {
        id: 'print',
        label: p('verb'),
        key: '=',
        run: () => location.assign(`${pathOf(plural)}/${number}/print`),
      },
      {
        id: 'copy-link',
        label: t('copy'),
        run: () => {
          void navigator.clipboard.writeText(`${location.origin}${pathOf(plural)}/${number}`);
          say(t('copied'));
        },
      },
    ],
    [plural, number, t, p],
  );
  const dialog = sight ? (
    <Suspense>
      <Sight plural={plural} number={number} onClose={() => setSight(false)} />
    </Suspense>
  ) : null;
  return { items, dialog };
}
