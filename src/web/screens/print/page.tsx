import './print.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/client';
import { useMe, useType, useTypes } from '../../api/queries';
import type { RecordType } from '../../api/types';
import { Facts } from '../../kit/facts';
import { Markdown } from '../../kit/markdown';
import { Refusal, Skeleton } from '../../kit/states';
import { Value } from '../../kit/value';
import { type Action, useActions } from '../../shell/actions';
import { useKeyboard } from '../../shell/keyboard';
import { Missing } from '../../shell/missing';
import { isAgent } from '../../shell/roles';
import { pathOf, pluralOfPath } from '../../shell/use-href';
import { useTitle } from '../../shell/use-title';
import { useView } from '../../shell/use-view';
import { present } from '../../words/now';
import { textOf, titleOf } from '../../words/record';
import { useWords } from '../../words/use-words';
import { Clocks, History, Links, Sight, Steps, Talk, Time } from './parts';
import { readSheet, type Sheet } from './read';

/** Said elsewhere on the sheet, or of no use on paper. */
const elsewhere = new Set([
  ...['id', 'number', 'type', 'version', 'title', 'name', 'state_category', 'description', 'custom', 'matrix'],
  ...['key', 'group_digest'],
]);
/** A record on paper: what it is, where it stands, what was said, and what was promised. */
export function PrintRecord() {
  const { plural: word = '', number = '' } = useParams({ strict: false }) as { plural?: string; number?: string };
  const types = useTypes();
  const type = useType(word === 'mine' ? 'incidents' : pluralOfPath(word));
  if (!types.data) return <Skeleton />;
  if (!type) return <Missing />;
  return <PrintSheet type={type} number={number} />;
}

function PrintSheet({ type, number }: { type: RecordType; number: string }) {
  const { t, i18n } = useTranslation('print');
  const me = useMe();
  const [view, change] = useView();
  const back = isAgent(me.data) ? `${pathOf(type.plural)}/${number}` : `/mine/${number}`;
  const sheet = useQuery({
    queryKey: ['print', type.plural, number, i18n.language],
    queryFn: () => readSheet(type, number, i18n.language === 'de' ? 'de' : 'en'),
    retry: false,
  });
  const record = sheet.data?.record;
  useTitle(record ? `${record.number} ${titleOf(record)}` : number);
  useKeyboard(() => undefined, false);
  useActions(
    useMemo<Action[]>(
      () => [
        { id: 'print.now', label: t('now'), group: 'here', key: '=', run: () => window.print() },
        { id: 'print.back', label: t('back'), group: 'here', key: 'Esc', run: () => location.assign(back) },
      ],
      [t, back],
    ),
  );
  if (sheet.isPending) return <Skeleton />;
  if (sheet.isError)
    return sheet.error instanceof Problem && sheet.error.status === 404 ? <Missing /> : <Refusal error={sheet.error} />;
  const { comments, files, history } = sheet.data;
  const hasNotes = comments.some(({ kind }) => kind === 'note') || files.some(({ internal }) => internal);
  const box = (name: 'notes' | 'history') => (
    <label className="check">
      <input
        type="checkbox"
        checked={view[name] === '1'}
        onChange={(event) => change({ [name]: event.target.checked ? '1' : undefined }, true)}
      />
      {t(`with_${name}`)}
    </label>
  );
  return (
    <>
      <search className="pr-bar" aria-label={t('choose')}>
        <button type="button" className="btn main" onClick={() => window.print()}>
          {t('now')}
        </button>
        {hasNotes ? box('notes') : null}
        {history.length > 0 ? box('history') : null}
        <Link className="link" to={back}>
          {t('back')}
        </Link>
      </search>
      <Paper
        type={type}
        sheet={sheet.data}
        by={me.data?.name ?? ''}
        notes={view.notes === '1'}
        lines={view.history === '1'}
      />
    </>
  );
}

function Paper({
  type,
  sheet,
  by,
  notes,
  lines,
}: {
  type: RecordType;
  sheet: Sheet;
  by: string;
  notes: boolean;
  lines: boolean;
}) {
  const { t } = useTranslation('print');
  const words = useWords();
  const { record, sentences } = sheet;
  const description = textOf(record, 'description');
  // The instant a place is worth says nothing on paper: its reasons do.
  const fields = type.fields.filter(
    ({ name }) => !elsewhere.has(name) && !isEmpty(name === 'queue_at' ? sheet.place : record[name]),
  );
  return (
    <main className="pr" data-ready="true">
      {/* The margin of each sheet names its record; it is known only here. */}
      <style>{marginsOf(record.number, t('page'))}</style>
      <header>
        <p className="pr-kind">
          {words.type(type.type, type.label)} <span className="num">{record.number}</span>
        </p>
        <h1>{titleOf(record)}</h1>
        <p className="pr-when">{t('printed', { at: words.exact(new Date(present()).toISOString()), by })}</p>
      </header>
      <Sight line={sheet.line} />
      {sentences.length > 0 ? (
        <section>
          <h2>{t('plain')}</h2>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
      ) : null}
      {description ? (
        <section>
          <h2>{words.field('description')}</h2>
          <Markdown text={description} />
        </section>
      ) : null}
      {sentences.length > 0 ? null : (
        <section>
          <h2>{t('facts')}</h2>
          <Facts
            rows={fields.map((field) => [
              words.field(field.name, field.label),
              field.name === 'queue_at' ? (
                sheet.place
              ) : field.kind === 'instant' ? (
                words.exact(String(record[field.name]))
              ) : (
                <Value key={field.name} field={field} value={record[field.name]} />
              ),
            ])}
          />
        </section>
      )}
      <Clocks clocks={sheet.clocks} />
      <Talk sheet={sheet} notes={notes} />
      <Steps steps={sheet.steps} />
      <Time entries={sheet.time} />
      <Links links={sheet.links} />
      {lines ? <History type={type} lines={sheet.history} /> : null}
    </main>
  );
}

/** What stands in the margin of each sheet: the number of the record, the page and how many there are. */
function marginsOf(number: string, page: string): string {
  const safe = number.replace(/[^\w-]/g, '');
  return `@page { margin: 18mm 16mm 20mm;
    @bottom-left { content: "${safe}"; font: 9pt sans-serif; color: black }
    @bottom-right { content: "${page} " counter(page) " / " counter(pages); font: 9pt sans-serif; color: black } }`;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
