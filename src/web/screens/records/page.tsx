import './records.css';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem } from '../../api/client';
import { settle, usePart, useType, useTypes, useWhole } from '../../api/queries';
import type { LineOfSight, RecordRow, RecordType } from '../../api/types';
import { Steps } from '../../desk/steps';
import { Time } from '../../desk/time';
import { Facts, Section } from '../../kit/facts';
import { LineStrip } from '../../kit/line-strip';
import { Markdown } from '../../kit/markdown';
import { StatePill } from '../../kit/marks';
import { Refusal, Skeleton } from '../../kit/states';
import { Value } from '../../kit/value';
import { VerbBar } from '../../kit/verb-bar';
import { type Action, useActions } from '../../shell/actions';
import { Missing } from '../../shell/missing';
import { useDone } from '../../shell/use-done';
import { useExtra } from '../../shell/use-extra';
import { pathOf, pluralOfPath, useHref, useStopHref } from '../../shell/use-href';
import { useTitle } from '../../shell/use-title';
import { useVerbs, type VerbDialogs } from '../../shell/use-verbs';
import { InWordsOf } from '../../words/in-words-of';
import { titleOf } from '../../words/record';
import { useWords } from '../../words/use-words';
import { handingDialogs } from './away';
import { foresee, foresightDialogs, useLooksAhead } from './foresight';
import { RecordForm } from './form';
import { HistoryList } from './history-list';
import { Links } from './links';
import { MergePeopleDialog } from './merge-people';
import { RecordTalk } from './record-talk';
import { OwnPart } from './sides';
import { Watching } from './watching';

/** The page of any record: its line, its verbs, its fields, its history. */
export function RecordPage() {
  const { plural: word = '', number = '' } = useParams({ strict: false }) as { plural?: string; number?: string };
  const types = useTypes();
  const type = useType(pluralOfPath(word));
  if (!types.data) return <Skeleton />;
  if (!type) return <Missing />;
  return <RecordView type={type} number={number} key={number} leave={technical[type.type]} />;
}

/** Fields by which the product tells records apart, and nobody else. */
const technical: Record<string, string[]> = { alert: ['key', 'group_digest'] };

/** Verbs that show what follows from them before they are done. */
const dialogsOf: Readonly<Record<string, VerbDialogs>> = {
  person: { ...handingDialogs, merge: MergePeopleDialog },
};

const hidden = new Set([
  'id',
  'number',
  'type',
  'version',
  'title',
  'name',
  'state',
  'state_category',
  'state_since',
  'description',
  'created_at',
  'updated_at',
  'custom',
  'matrix',
  'words',
]);

/** How the verbs of a kind stand in the bar: their order, the one that comes next in each state, those behind the dots. */
export interface Bar {
  readonly order: string[];
  readonly likely: Record<string, string>;
  readonly seldom: string[];
}
const plainBar: Bar = { order: [], likely: {}, seldom: [] };

/** What a draft is for: it comes next, before editing it further. */
const outOfDraft = ['activate', 'publish'];

/**
 * The page of a record. What is worked on (`bar`) shows its likely next verb first and what was done between what was
 * said; what is kept shows its history at the side.
 */
export function RecordView(props: RecordViewProps) {
  const record = useWhole(props.type.plural, props.number).data;
  return (
    <InWordsOf record={record}>
      <RecordBody {...props} />
    </InWordsOf>
  );
}

export interface RecordViewProps {
  type: RecordType;
  number: string;
  children?: (record: RecordRow) => ReactNode;
  side?: (record: RecordRow) => ReactNode;
  head?: (record: RecordRow) => ReactNode;
  leave?: string[];
  bar?: Bar;
  /** Verbs that ask in a dialog of their own here. */
  dialogs?: VerbDialogs;
}

function RecordBody({ type, number, children, side, head, leave = [], bar, dialogs }: RecordViewProps) {
  const { t } = useTranslation('records');
  const { t: a } = useTranslation('admin');
  const ahead = useLooksAhead();
  const words = useWords();
  const client = useQueryClient();
  const hrefOf = useHref();
  const stopHref = useStopHref();
  const done = useDone();
  const [editing, setEditing] = useState(false);
  const query = useWhole(type.plural, number);
  const record = query.data;
  const line = usePart<LineOfSight>(
    type.plural,
    number,
    'line-of-sight',
    ['service', 'configuration_item', 'goal', 'problem', 'change'].includes(type.type),
  );
  const { order, likely, seldom } = bar ?? plainBar;
  const own = dialogs ?? dialogsOf[type.type];
  const { buttons, dialog } = useVerbs(
    type,
    record,
    order,
    ahead(type, number) ? { ...foresightDialogs, ...own } : own,
  );
  const extra = useExtra(type.plural, number);
  useTitle(record ? `${record.number} ${titleOf(record)}` : undefined);
  const mayEdit = record?.offers?.includes('edit') ?? false;
  const actions = useMemo<Action[]>(() => {
    const list: Action[] = buttons.map((button) => ({
      id: `verb.${button.id}`,
      label: button.label,
      group: 'record',
      key: button.key,
      refused: button.refused,
      run: button.run,
    }));
    if (mayEdit)
      list.unshift({ id: 'verb.edit', label: t('edit'), group: 'record', key: 'i', run: () => setEditing(true) });
    for (const item of extra.items)
      list.push({ id: `record.${item.id}`, label: item.label, group: 'record', key: item.key, run: item.run });
    return list;
  }, [buttons, mayEdit, extra.items, t]);
  useActions(actions);

  if (query.isPending) return <Skeleton />;
  if (!record)
    return query.error instanceof Problem && query.error.status === 404 ? (
      <Missing />
    ) : (
      <div className="pane">
        <Refusal error={query.error} />
      </div>
    );
  // Steps and time belong to work somebody has, not to things that are kept.
  const isWork = type.fields.some((field) => field.name === 'assignee_id');
  const path = line.data?.paths[0];
  const left = new Set([...hidden, ...leave]);
  const fields = type.fields.filter((field) => !left.has(field.name) && record[field.name] !== undefined);
  const edit = type.verbs.find((verb) => verb.verb === 'edit');
  const editable = edit?.input.length
    ? edit.input
    : type.fields.filter(
        (field) => field.writable !== false && !['id', 'number', 'type', 'version', 'state'].includes(field.name),
      );
  const toEdit = mayEdit ? { id: 'edit', label: t('edit'), key: 'i', run: () => setEditing(true) } : undefined;
  const next = buttons.find(
    (one) =>
      !one.refused &&
      (one.id === likely[record.state ?? ''] || (!bar && record.state === 'draft' && outOfDraft.includes(one.id))),
  );
  const main = next ?? toEdit;
  const edits = next && toEdit ? [toEdit] : [];
  const remaining = buttons.filter((one) => one !== next);
  // Of what is worked on editing is the rarer act; of what is kept it is the first.
  const others = bar ? [...remaining, ...edits] : [...edits, ...remaining];
  const behind = others.filter((one) => seldom.includes(one.id));
  const rest = others.filter((one) => !seldom.includes(one.id));
  const has = (verb: string) => type.verbs.some((one) => one.verb === verb);
  const category = type.states.find((state) => state.name === record.state)?.category;
  const facts = (
    <Section title={t('facts')}>
      <Facts
        rows={fields.map((field) => [
          words.field(field.name, field.label),
          isEmpty(record[field.name]) ? null : (
            <Value key={field.name} field={field} value={record[field.name]} hrefOf={hrefOf} full />
          ),
          field.name,
        ])}
      />
    </Section>
  );
  return (
    <article className="page">
      {path ? <LineStrip stops={path.stops} more={(line.data?.paths.length ?? 1) - 1} hrefOf={stopHref} /> : null}
      <header className="rec-head">
        <div className="tt">
          <h1>{titleOf(record)}</h1>
          <span className="num q">{record.number}</span>
          {record.state ? <StatePill state={record.state} category={category} /> : null}
        </div>
        {head?.(record)}
        <VerbBar main={main} verbs={rest} more={[...behind, ...extra.items]} />
      </header>
      {editing ? (
        <RecordForm
          place={`${number}.edit`}
          type={type.type}
          fields={editable}
          record={record}
          doing={t('save')}
          lookAhead={ahead(type, number) ? (body) => foresee(type.plural, number, 'edit', body) : undefined}
          onCancel={() => setEditing(false)}
          save={async (body) => {
            if (Object.keys(body).length > 0) {
              const after = await ask<RecordRow>(`/${type.plural}/${number}`, {
                method: 'PATCH',
                body,
                ifMatch: record.version,
              });
              settle(client, type.plural, number, after);
              done(type.plural, number, t('saved', { number }), after);
            }
            setEditing(false);
          }}
        />
      ) : (
        <div className="rec-page">
          <div>
            {typeof record.description === 'string' && record.description ? (
              <Section title={words.field('description')}>
                <Markdown text={record.description} hrefOf={hrefOf} />
              </Section>
            ) : null}
            {children?.(record)}
            {bar ? null : facts}
            <OwnPart type={type.type} record={record} />
            {has('comment') ? <RecordTalk type={type} record={record} acts={bar !== undefined} /> : null}
          </div>
          <aside className="rec-side" aria-label={t('context')}>
            {side?.(record)}
            {isWork && record.offers?.includes('task') ? <Steps plural={type.plural} record={record} /> : null}
            {isWork && record.offers?.includes('book') ? <Time plural={type.plural} record={record} /> : null}
            {bar ? facts : null}
            {has('link') ? <Links plural={type.plural} record={record} /> : null}
            {record.offers?.includes('watch') ? <Watching plural={type.plural} record={record} /> : null}
            {bar ? null : (
              <Section
                title={t('history')}
                action={
                  type.administered && has('edit') ? (
                    <Link className="link" to={`${pathOf(type.plural)}/${number}/versions`}>
                      {a('versions.link')}
                    </Link>
                  ) : null
                }
              >
                <HistoryList type={type} number={number} />
              </Section>
            )}
          </aside>
        </div>
      )}
      {dialog}
      {extra.dialog}
    </article>
  );
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
