import { ask, Problem, query } from '../../api/client';
import type {
  Attachment,
  Clock,
  Comment,
  HistoryLine,
  LineOfSight,
  Link,
  Page,
  RecordRow,
  RecordType,
} from '../../api/types';
import type { Entry } from '../../desk/time-entry';

export interface Step {
  id: string;
  title: string;
  mandatory: boolean;
  done: boolean;
}

/** A record with everything that may stand on its sheet; what its kind does not have, or is not for this reader, is empty. */
export interface Sheet {
  readonly record: RecordRow;
  readonly line: LineOfSight | null;
  readonly comments: readonly Comment[];
  readonly files: readonly Attachment[];
  readonly clocks: readonly Clock[];
  readonly links: readonly Link[];
  readonly steps: readonly Step[];
  readonly time: readonly Entry[];
  readonly history: readonly HistoryLine[];
  readonly sentences: readonly string[];
  /** Why an incident stands where it stands in its queue; null where it stands in none, or not for this reader. */
  readonly place: string | null;
}

/** What is not there or not for this reader is left out; any other fault is told. */
async function perhaps<T>(asked: Promise<T>, without: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 403)) return without;
    throw error;
  }
}

/** A list to its end: paper has no “show more”. */
async function whole<T>(path: string): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await ask<Page<T>>(`${path}${query({ limit: 200, cursor })}`);
    all.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return all;
}

export async function readSheet(type: RecordType, number: string, language: string): Promise<Sheet> {
  const at = `/${type.plural}/${encodeURIComponent(number)}`;
  const has = (verb: string) => type.verbs.some((one) => one.verb === verb);
  const list = <T>(part: string, there: boolean) =>
    there ? perhaps(whole<T>(`${at}/${part}`), []) : Promise.resolve([] as T[]);
  const [record, line, comments, files, clocks, links, steps, time, history, plain, places] = await Promise.all([
    ask<RecordRow>(at),
    perhaps<LineOfSight | null>(ask<LineOfSight>(`${at}/line-of-sight`), null),
    list<Comment>('comments', has('comment')),
    list<Attachment>('attachments', has('attach')),
    type.fields.some(({ name }) => name === 'due_at')
      ? perhaps<Clock[]>(
          ask<Page<Clock>>(`${at}/clocks`).then((page) => page.items),
          [],
        )
      : [],
    list<Link>('links', has('link')),
    list<Step>('tasks', has('task')),
    list<Entry>('time-entries', has('book')),
    list<HistoryLine>('history', true),
    type.type === 'agreement'
      ? perhaps(ask<{ sentences: string[] }>(`${at}/plain-words${query({ language })}`), { sentences: [] })
      : { sentences: [] },
    type.type === 'incident'
      ? perhaps(ask<{ items: { sentence: string }[] }>(`/queue-places${query({ incident: number, language })}`), {
          items: [],
        })
      : { items: [] },
  ]);
  const place = places.items[0]?.sentence ?? null;
  return { record, line, comments, files, clocks, links, steps, time, history, sentences: plain.sentences, place };
}
