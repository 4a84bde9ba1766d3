import './portal.css';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, Problem } from '../../api/client';
import { settle, usePart, useType, useWhole } from '../../api/queries';
import type { Attachment, Comment, Page } from '../../api/types';
import { Composer } from '../../kit/composer';
import { Conversation, type TalkItem } from '../../kit/conversation';
import { Refusal, Skeleton } from '../../kit/states';
import { say } from '../../kit/toast';
import { Missing } from '../../shell/missing';
import { useTitle } from '../../shell/use-title';
import { useVerbs } from '../../shell/use-verbs';
import { refOf, textOf, titleOf } from '../../words/record';
import { actorWords, useWords } from '../../words/use-words';
import { TicketTracker } from './tracker';

/** A ticket as the person who asked reads it: where it is, what was said, what they may do. */
export function Ticket() {
  const { number = '' } = useParams({ strict: false }) as { number?: string };
  const { t } = useTranslation('portal');
  const { t: p } = useTranslation('print');
  const words = useWords();
  const client = useQueryClient();
  const type = useType('incidents');
  const query = useWhole('incidents', number, ['comments', 'attachments']);
  const comments = usePart<Page<Comment>>('incidents', number, 'comments', query.isSuccess);
  const files = usePart<Page<Attachment>>('incidents', number, 'attachments', query.isSuccess);
  const { buttons, dialog } = useVerbs(type, query.data);
  useTitle(query.data ? titleOf(query.data) : number);
  if (query.isPending) return <Skeleton />;
  if (!query.data)
    return query.error instanceof Problem && query.error.status === 404 ? <Missing /> : <Refusal error={query.error} />;
  const record = query.data;
  const requester = refOf(record, 'requester_id');
  const items: TalkItem[] = [
    {
      kind: 'message',
      id: 'first',
      at: textOf(record, 'opened_at'),
      by: requester?.name ?? '',
      text: textOf(record, 'description') || titleOf(record),
      files: [],
    },
    ...(comments.data?.items ?? []).map(
      (comment): TalkItem => ({
        kind: 'message',
        id: comment.id,
        at: comment.at,
        // Whoever is no person speaks for the team that has it.
        by: comment.author?.id ? actorWords(comment.author) : (refOf(record, 'team_id')?.name ?? t('ball.desk')),
        text: comment.text,
        files: [],
      }),
    ),
    ...(files.data?.items ?? []).map(
      (file): TalkItem => ({
        kind: 'message' as const,
        id: file.id,
        at: file.at,
        by: actorWords(file.author),
        text: '',
        files: [file],
      }),
    ),
  ];
  if (record.resolution_note) {
    items.push({
      kind: 'message',
      id: 'solved',
      at: textOf(record, 'resolved_at'),
      by: refOf(record, 'assignee_id')?.name ?? '',
      via: t('ticket.solved'),
      text: textOf(record, 'resolution_note'),
    });
  }
  items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const mayWrite = record.offers?.includes('comment') ?? false;
  return (
    <div className="po-page ticket">
      <p className="ticket-n">
        <span className="q num">{number}</span>
        <a className="link" href={`/mine/${number}/print`}>
          {p('verb')}
        </a>
      </p>
      <h1>{titleOf(record)}</h1>
      <TicketTracker record={record} />
      {record.resolution_code === 'duplicate' && record.state === 'closed' ? (
        <p className="s q2">{t('ticket.merged')}</p>
      ) : null}
      {buttons.length ? (
        <p className="po-acts">
          {buttons
            .filter((button) => !button.refused)
            .map((button) => (
              <button key={button.id} type="button" className="btn" onClick={button.run}>
                {button.id === 'close'
                  ? t('ticket.confirm')
                  : button.id === 'reopen'
                    ? t('ticket.not_fixed')
                    : button.id === 'cancel'
                      ? t('ticket.not_needed')
                      : words.verb(button.id)}
              </button>
            ))}
        </p>
      ) : null}
      <Conversation items={items} label={t('ticket.talk')} />
      {mayWrite ? (
        <Composer
          name={`portal.${number}`}
          mode="comment"
          title={t('ticket.write_title')}
          to={refOf(record, 'team_id') ? t('ticket.write_to', { name: refOf(record, 'team_id')?.name }) : ''}
          may={{ comment: true, note: false }}
          placeholder={t('ticket.write')}
          send={async (text) => {
            await ask(`/incidents/${number}/comment`, {
              method: 'POST',
              body: { text },
              idempotencyKey: crypto.randomUUID(),
            });
            settle(client, 'incidents', number);
          }}
          attach={async (file) => {
            const body = new FormData();
            body.set('file', file);
            await ask(`/incidents/${number}/attachments`, {
              method: 'POST',
              body,
              idempotencyKey: crypto.randomUUID(),
            });
            settle(client, 'incidents', number);
            say(file.name);
          }}
        />
      ) : null}
      {dialog}
    </div>
  );
}
