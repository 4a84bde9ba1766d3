import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../../web/api/client';
import { useCount, useType } from '../../../../web/api/queries';
import { VerbDialog } from '../../../../web/kit/verb-dialog';
import { Preview, type Rehearsal } from '../../../../web/screens/records/preview';

/** Resolving, with its open parts where there are any: what will happen to them is seen before it does. */
export function ResolveDialog(props: ComponentProps<typeof VerbDialog>) {
  const { t } = useTranslation('incident');
  const { number } = props.record;
  const open = useCount('incidents', { parent_id: number, state_category: 'open,paused' }).data?.total ?? 0;
  const more = useCallback(
    (body: Record<string, unknown>) =>
      open ? (
        <div role="status">
          <p className="s q2">{t('children.open', { count: open })}</p>
          {body.children ? <Parts number={number} body={body} /> : null}
        </div>
      ) : null,
    [open, number, t],
  );
  return <VerbDialog {...props} omit={open ? [] : ['children']} more={open ? more : undefined} />;
}

function Parts({ number, body }: { number: string; body: Record<string, unknown> }) {
  const { t } = useTranslation('incident');
  const type = useType('incidents');
  // What is written is not needed to see what follows: it is the same for each.
  const input = { resolution_code: '–', resolution_note: '–', ...body, children: true };
  const rehearsal = useQuery({
    queryKey: ['rehearsal', 'resolve', number, input.resolution_code],
    queryFn: () =>
      ask<Rehearsal>('/incidents/bulk', {
        method: 'POST',
        body: { verb: 'resolve', input, ids: [number], dry_run: true },
      }),
    staleTime: 0,
    retry: false,
  });
  return rehearsal.data ? <Preview run={rehearsal.data} type={type} label={t('children.will')} /> : null;
}
