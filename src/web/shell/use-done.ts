import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/client';
import { settle } from '../api/queries';
import type { RecordRow } from '../api/types';
import { say } from '../kit/toast';

/** An answer that may say how it is taken back. */
type Answered = { undo?: { line?: string; bulk_id?: string; until: string } } | null | undefined;

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
          await ask(`/bulk/${bulk_id}/undo`, { method: 'POST', body: {}, idempotencyKey });
          settle(client, plural, number);
        } else {
          const back = await ask<RecordRow>(`/${plural}/${encodeURIComponent(number)}/undo`, {
            method: 'POST',
            body: { line },
            idempotencyKey,
          });
          settle(client, plural, number, back);
        }
        say(t('undone', { number }));
      };
      say(text, { undo: line || bulk_id ? takeBack : undefined });
    },
    [client, t],
  );
}
