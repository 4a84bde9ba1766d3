import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import { useType } from '../../api/queries';
import { VerbDialog } from '../../kit/verb-dialog';
import { Preview, type Rehearsal } from './preview';

/** An act by which open work changes hands: what goes to whom, and why, is seen before it is done. */
function HandingDialog(props: ComponentProps<typeof VerbDialog>) {
  const { verb, record } = props;
  const more = useCallback(
    (body: Record<string, unknown>) => (
      <WhatMoves verb={verb.verb} number={record.number} handOver={body.hand_over === true} />
    ),
    [verb, record.number],
  );
  return <VerbDialog {...props} more={more} />;
}

function WhatMoves({ verb, number, handOver }: { verb: string; number: string; handOver: boolean }) {
  const { t } = useTranslation('records');
  const type = useType('people');
  // What is written as the reason changes nothing about what moves.
  const input = { reason: '–', ...(verb === 'retire' ? { hand_over: handOver } : {}) };
  const rehearsal = useQuery({
    queryKey: ['rehearsal', verb, number, handOver],
    queryFn: () =>
      ask<Rehearsal>('/people/bulk', { method: 'POST', body: { verb, input, ids: [number], dry_run: true } }),
    staleTime: 0,
    retry: false,
  });
  if (!rehearsal.data) return null;
  return (
    <div role="status">
      <p className="s q2">{t('handing.will')}</p>
      <Preview run={rehearsal.data} type={type} label={t('handing.will')} />
    </div>
  );
}

/** Verbs of a person that move work. */
export const personDialogs = { relieve: HandingDialog, return: HandingDialog, retire: HandingDialog };
