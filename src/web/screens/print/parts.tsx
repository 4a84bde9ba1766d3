import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clock, HistoryLine, LineOfSight, Link, RecordType } from '../../api/types';
import type { Entry } from '../../desk/time-entry';
import { Explain } from '../../kit/clock-bar';
import { Markdown } from '../../kit/markdown';
import { present } from '../../words/now';
import { actorWords, useWords } from '../../words/use-words';
import { actorOf, useLineWords, whyWords } from '../records/history-words';
import type { Sheet, Step } from './read';

function Part({ title, there, children }: { title: string; there: boolean; children: ReactNode }) {
  if (!there) return null;
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** From the goal down to the record, each path on a line. */
export function Sight({ line }: { line: LineOfSight | null }) {
  const { t } = useTranslation('print');
  const paths = line?.paths ?? [];
  return (
    <Part title={t('line')} there={paths.length > 0}>
      <ul>
        {paths.map(({ stops }) => (
          <li key={stops.map(({ number }) => number).join()}>
            {stops.map(({ number, name }) => `${name} (${number})`).join(' → ')}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Each promise with every piece of time that counts to it. */
export function Clocks({ clocks }: { clocks: readonly Clock[] }) {
  const { t } = useTranslation('print');
  return (
    <Part title={t('clocks')} there={clocks.length > 0}>
      {clocks.map((clock) => (
        <div className="pr-clock" key={`${clock.target}${clock.started_at}`}>
          <Explain clock={clock} readAt={present()} frozen whole />
        </div>
      ))}
    </Part>
  );
}

/** What was said, oldest first; what the team alone reads only where that was chosen. */
export function Talk({ sheet, notes }: { sheet: Sheet; notes: boolean }) {
  const { t } = useTranslation('print');
  const words = useWords();
  const said = [
    ...sheet.comments.map(({ id, at, author, kind, text }) => ({
      id,
      at,
      author,
      note: kind === 'note',
      text,
      file: '',
    })),
    ...sheet.files.map(({ id, at, author, internal, name }) => ({
      id,
      at,
      author,
      note: internal,
      text: '',
      file: name,
    })),
  ]
    .filter(({ note }) => notes || !note)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <Part title={t('talk')} there={said.length > 0}>
      <ol className="pr-talk">
        {said.map(({ id, at, author, note, text, file }) => (
          <li key={id}>
            <p>
              <b>{actorWords(author) || t('somebody')}</b>, {words.exact(at)}
              {note ? ` · ${t('team_only')}` : ''}
            </p>
            {file ? <p>{t('file', { name: file })}</p> : <Markdown text={text} />}
          </li>
        ))}
      </ol>
    </Part>
  );
}

export function Steps({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('print');
  return (
    <Part title={t('steps')} there={steps.length > 0}>
      <ul>
        {steps.map(({ id, title, done, mandatory }) => (
          <li key={id}>
            {done ? '☑' : '☐'} {title}
            {mandatory ? ` (${t('mandatory')})` : ''}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function Time({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('print');
  const words = useWords();
  const length = (minutes: number) => words.duration(minutes * 60);
  return (
    <Part title={t('time')} there={entries.length > 0}>
      <ul>
        {entries.map(({ id, at, person, minutes, what }) => (
          <li key={id}>
            {words.exact(at)}, {person?.name}: {length(minutes)}
            {what ? `, ${what}` : ''}
          </li>
        ))}
      </ul>
      <p>
        <b>{t('sum', { time: length(entries.reduce((sum, { minutes }) => sum + minutes, 0)) })}</b>
      </p>
    </Part>
  );
}

export function Links({ links }: { links: readonly Link[] }) {
  const { t } = useTranslation('print');
  const { t: i } = useTranslation('incident');
  const words = useWords();
  return (
    <Part title={t('links')} there={links.length > 0}>
      <ul>
        {links.map(({ id, kind, direction, record }) => (
          <li key={id}>
            {i(`link.${kind}_${direction}` as 'link.relates_out', words.choice('link', kind))} {record.number}{' '}
            {record.title ?? record.name}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function History({ type, lines }: { type: RecordType; lines: readonly HistoryLine[] }) {
  const { t } = useTranslation('print');
  const words = useWords();
  const told = useLineWords(type);
  return (
    <Part title={t('history')} there={lines.length > 0}>
      <ol className="pr-lines">
        {lines.map((line) => (
          <li key={line.id}>
            {words.exact(line.at)} · {actorOf(line).name} {told(line)}
            {whyWords(line.why) ? ` · ${whyWords(line.why)}` : ''}
          </li>
        ))}
      </ol>
    </Part>
  );
}
