import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { settle } from '../api/queries';
import type { RecordRow } from '../api/types';
import { say } from '../kit/toast';

/** An answer that may say how it is taken back. */
export type Answered = { undo?: { line?: string; bulk_id?: string; until: string } } | null | undefined;

/** What rules did because of it and could not be taken back with it. */
interface Left {
  stays?: { sentence: string }[];
}

/** Says what was done to a record, and offers to take it back for as long as the server would. */
export function useDone() {
  const client = useQueryClient();
  const { t } = useTranslation('kit');
  return useCallback(
    (plural: string, number: string, text: string, after: Answered) => {
      const { line, bulk_id } = after?.undo ?? {};
      const idempotencyKey = crypto.randomUUID();
      const takeBack = async () => {
        if (bulk_id) {
          const back = await ask<{ items: Left[] }>(`/bulk/${bulk_id}/undo`, {
            method: 'POST',
            body: {},
            idempotencyKey,
          });
          settle(client, plural, number);
          tell(back.items);
        } else {
          const back = await ask<RecordRow & Left>(`/${plural}/${encodeURIComponent(number)}/undo`, {
            method: 'POST',
            body: { line },
            idempotencyKey,
          });
          settle(client, plural, number, back);
          tell([back]);
        }
      };
      const tell = (left: Left[]) => {
        const stays = left.flatMap((one) => one.stays ?? []).map(({ sentence }) => sentence);
        say([t('undone', { number }), ...stays].join('. '), stays.length > 0 ? { stays: 10_000 } : {});
      };
      say(text, { undo: line || bulk_id ? takeBack : undefined });
    },
    [client, t],
  );
}
