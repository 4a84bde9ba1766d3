import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import { settle, usePart } from '../../api/queries';
import type { Attachment, Comment, Page, RecordRow, RecordType } from '../../api/types';
import { Composer, type Mode } from '../../kit/composer';
import { Section } from '../../kit/facts';
import { type Action, useActions } from '../../shell/actions';
import { type Answered, useDone } from '../../shell/use-done';
import { useHref } from '../../shell/use-href';
import { refOf } from '../../words/record';
import { useWords } from '../../words/use-words';
import { Talk } from './talk';

/** What is said on a record, and where its staff writes; `acts` puts what was done between it. */
export function RecordTalk({ type, record, acts = false }: { type: RecordType; record: RecordRow; acts?: boolean }) {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const hrefOf = useHref();
  const done = useDone();
  const words = useWords();
  const { plural } = type;
  const { number } = record;
  const offers = record.offers ?? [];
  const may = { comment: offers.includes('comment'), note: offers.includes('note') };
  const [mode, setMode] = useState<Mode>('comment');
  const [focusAt, setFocusAt] = useState(0);
  const comments = usePart<Page<Comment>>(plural, number, 'comments');
  const files = usePart<Page<Attachment>>(plural, number, 'attachments');
  const write = useCallback((next: Mode) => {
    setMode(next);
    setFocusAt((now) => now + 1);
  }, []);
  useActions(
    useMemo<Action[]>(
      () => [
        ...(may.comment
          ? [
              {
                id: 'verb.comment',
                label: t('talk.comment'),
                group: 'record' as const,
                key: 'r',
                run: () => write('comment'),
              },
            ]
          : []),
        ...(may.note
          ? [{ id: 'verb.note', label: t('talk.note'), group: 'record' as const, key: 'n', run: () => write('note') }]
          : []),
      ],
      [may.comment, may.note, t, write],
    ),
  );
  const said = (comments.data?.items.length ?? 0) + (files.data?.items.length ?? 0);
  if (!acts && said === 0 && !may.comment && !may.note) return null;
  const asked = refOf(record, 'requester_id');
  const now = may[mode] ? mode : may.comment ? 'comment' : 'note';
  return (
    <Section title={t('talk.title')} note={said || null}>
      <div className="rec-talk">
        {acts || said ? <Talk record={record} type={type} hrefOf={hrefOf} acts={acts} flow /> : null}
        {may.comment || may.note ? (
          <Composer
            name={number}
            mode={now}
            onMode={write}
            may={may}
            to={asked ? t('talk.to', { name: asked.name }) : t('talk.all')}
            answer={asked ? undefined : t('talk.comment')}
            send={async (text) => {
              const after = await ask<Answered>(`/${plural}/${number}/${now}`, {
                method: 'POST',
                body: { text },
                idempotencyKey: crypto.randomUUID(),
              });
              settle(client, plural, number);
              if (after?.undo)
                done(plural, number, `${number}: ${words.past(now === 'note' ? 'noted' : 'commented')}`, after);
            }}
            attach={
              offers.includes('attach')
                ? async (file) => {
                    const body = new FormData();
                    if (now === 'note') body.set('internal', 'true');
                    body.set('file', file);
                    const after = await ask<Answered>(`/${plural}/${number}/attachments`, {
                      method: 'POST',
                      body,
                      idempotencyKey: crypto.randomUUID(),
                    });
                    settle(client, plural, number);
                    done(plural, number, t('talk.attached', { name: file.name }), after);
                  }
                : undefined
            }
            focusAt={focusAt}
            placeholder={t(now === 'note' ? 'talk.write_note' : 'talk.write')}
          />
        ) : null}
      </div>
    </Section>
  );
}
