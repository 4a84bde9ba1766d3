import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePart } from '../../api/queries';
import type { Attachment, Comment, HistoryLine, Link, Page, RecordRow, RecordType } from '../../api/types';
import { Conversation, type TalkItem } from '../../kit/conversation';
import { Skeleton } from '../../kit/states';
import { refOf, textOf } from '../../words/record';
import { actorWords, useWords } from '../../words/use-words';
import { actorOf, useLineWords, whyWords } from './history-words';

/** Lines that are shown as what was written, or that say nothing to a reader. */
const spoken = new Set(['commented', 'noted', 'attached', 'comment', 'note', 'viewed', 'read', 'watched', 'unwatched']);

/** The link a line of history made, by its id. */
function linkOf(line: HistoryLine): string | undefined {
  const made = line.changes.find((change) => change.field === 'link')?.after as { id?: string } | null | undefined;
  return made?.id;
}

/**
 * What was said and what was done on one record, in one order. Without `acts` only what was said; with `flow` it stands
 * in the page instead of scrolling by itself.
 */
export function Talk({
  record,
  type,
  hrefOf,
  acts = true,
  flow = false,
}: {
  record: RecordRow;
  type: RecordType;
  hrefOf: (number: string) => string | undefined;
  acts?: boolean;
  flow?: boolean;
}) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const number = record.number;
  const comments = usePart<Page<Comment>>(type.plural, number, 'comments');
  const history = usePart<Page<HistoryLine>>(type.plural, number, 'history?limit=200', acts);
  const files = usePart<Page<Attachment>>(type.plural, number, 'attachments');
  const links = usePart<Page<Link>>(type.plural, number, 'links');
  const lineWords = useLineWords(type);
  const scroll = useRef<HTMLDivElement>(null);

  const items = useMemo<TalkItem[]>(() => {
    const requester = refOf(record, 'requester_id');
    const logged = history.data?.items.find((line) => /\.(logged|created|drafted)$/.test(line.name));
    const openedAt = textOf(record, 'opened_at') || record.created_at || '';
    const first: TalkItem[] = [];
    const description = textOf(record, 'description');
    // Where the page shows it apart it is not said again.
    if (description && !flow) {
      first.push({
        kind: 'message',
        id: 'description',
        at: openedAt,
        by: requester?.name ?? actorWords(logged?.actor),
        via: words.choice('channel', textOf(record, 'channel')),
        text: description,
        files: [],
      });
    }
    const said: TalkItem[] = (comments.data?.items ?? []).map((comment) => ({
      kind: comment.kind === 'note' ? 'note' : 'message',
      id: comment.id,
      at: comment.at,
      by: actorWords(comment.author) || t('somebody'),
      via: comment.record
        ? t('merge.from', { number: comment.record.number })
        : comment.author && requester && comment.author.id !== requester.id
          ? t('to', { name: requester.name.split(' ')[0] })
          : undefined,
      text: comment.text,
      files: [],
    }));
    // Newest first as asked; turned round, so that what happened in one instant keeps its order.
    const done: TalkItem[] = [...(history.data?.items ?? [])]
      .reverse()
      .filter((line) => !spoken.has(line.name.split('.').pop() ?? '') && !(description && !flow && line === logged))
      .map((line) => {
        const why = whyWords(line.why);
        const link = links.data?.items.find((one) => one.id === linkOf(line));
        return {
          kind: 'act',
          id: line.id,
          at: line.at,
          by: actorOf(line).name,
          machine: actorOf(line).machine,
          words: (
            <>
              {lineWords(line)}
              {link ? (
                <>
                  {' '}
                  <a className="u num" href={hrefOf(link.record.number)}>
                    {link.record.number}
                  </a>
                </>
              ) : null}
              {why ? <span className="q">. {why}</span> : null}
            </>
          ),
          links: line.cause?.line ? (
            <a className="link" href={`/history?line=${line.id}`}>
              {t('why')}
            </a>
          ) : null,
        };
      });
    const all = [...first, ...said, ...done].sort(
      (a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id === 'description' ? -1 : b.id === 'description' ? 1 : 0),
    );
    // A file belongs to what its author said around the same minute; else it stands as an act of its own.
    for (const file of files.data?.items ?? []) {
      const near = all.findLast(
        (item) =>
          item.kind !== 'act' &&
          !file.record &&
          item.by === actorWords(file.author) &&
          Math.abs(Date.parse(item.at) - Date.parse(file.at)) < 120_000,
      );
      const shown = {
        id: file.id,
        name: file.name,
        size: file.size,
        href: file.href,
        media_type: file.media_type,
      };
      if (near && near.kind !== 'act') near.files?.push(shown);
      else {
        const at = all.findIndex((item) => Date.parse(item.at) > Date.parse(file.at));
        const act: TalkItem = {
          kind: file.internal ? 'note' : 'message',
          id: file.id,
          at: file.at,
          by: actorWords(file.author) || t('somebody'),
          via: file.record ? t('merge.from', { number: file.record.number }) : undefined,
          text: '',
          files: [shown],
        };
        all.splice(at < 0 ? all.length : at, 0, act);
      }
    }
    return all;
  }, [record, comments.data, history.data, files.data, links.data, words, lineWords, hrefOf, t, flow]);

  const count = items.length;
  const settled = !comments.isPending && !(acts && history.isPending);
  useEffect(() => {
    // Reading begins at the newest; a message that comes in later does not move somebody who has scrolled up.
    const element = flow ? null : scroll.current;
    if (
      settled &&
      element &&
      (element.dataset.read !== 'yes' || element.scrollHeight - element.scrollTop - element.clientHeight < 160)
    ) {
      element.scrollTop = element.scrollHeight;
      element.dataset.read = 'yes';
    }
  }, [count, settled, items, flow]);

  return (
    <div className={flow ? 'talk-flow' : 'talk-scroll'} ref={scroll} tabIndex={-1}>
      {settled ? (
        <Conversation items={items} hrefOf={hrefOf} label={t('conversation')} />
      ) : (
        <Skeleton rows={5} height={48} />
      )}
    </div>
  );
}
