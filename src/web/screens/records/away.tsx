import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../api/client';
import { useType } from '../../api/queries';
import type { Page, RecordRow } from '../../api/types';
import { VerbDialog } from '../../kit/verb-dialog';
import { Preview, type Rehearsal } from './preview';

/** An act by which open work changes hands: what goes to whom, and why, is seen before it is done. */
function HandingDialog(props: ComponentProps<typeof VerbDialog>) {
  const { verb, record } = props;
  const more = useCallback(
    (body: Record<string, unknown>) => (
      <WhatMoves
        verb={verb.verb}
        number={record.number}
        handOver={body.hand_over === true}
        until={typeof body.until === 'string' ? body.until : ''}
      />
    ),
    [verb, record.number],
  );
  return <VerbDialog {...props} more={more} />;
}

function WhatMoves({
  verb,
  number,
  handOver,
  until,
}: {
  verb: string;
  number: string;
  handOver: boolean;
  until: string;
}) {
  const { t } = useTranslation('records');
  const type = useType('people');
  // What is written as the reason changes nothing about what moves.
  const input = { reason: '–', ...(verb === 'retire' ? { hand_over: handOver } : {}), ...(until ? { until } : {}) };
  const rehearsal = useQuery({
    queryKey: ['rehearsal', verb, number, handOver, until],
    queryFn: () =>
      ask<Rehearsal>('/people/bulk', { method: 'POST', body: { verb, input, ids: [number], dry_run: true } }),
    staleTime: 0,
    retry: false,
  });
  const mine = useQuery({
    queryKey: ['rehearsal', 'titles', number],
    queryFn: () =>
      ask<Page<RecordRow>>(
        `/incidents${query({ assignee_id: number, state_category: 'open,paused', limit: 200, fields: 'number,title' })}`,
      ),
    retry: false,
  });
  if (!rehearsal.data) return null;
  const titles = new Map(mine.data?.items.map((one) => [one.number, String(one.title ?? '')]));
  const nameOf = (one: string) => (titles.has(one) ? { number: one, title: titles.get(one)! } : undefined);
  return (
    <div role="status">
      <p className="s q2">{t('handing.will')}</p>
      <Preview run={rehearsal.data} type={type} nameOf={nameOf} label={t('handing.will')} />
    </div>
  );
}

/** Verbs of a person that move work. */
export const handingDialogs = { relieve: HandingDialog, return: HandingDialog, retire: HandingDialog };
