import '../../../../web/screens/records/records.css';
import './page.css';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem } from '../../../../web/api/client';
import { settle, useHasField, usePart, useType, useWhole } from '../../../../web/api/queries';
import type { Clock, LineOfSight, Page, RecordRow, RecordType } from '../../../../web/api/types';
import { Company } from '../../../../web/desk/company';
import { usePresence } from '../../../../web/desk/use-presence';
import { useWritingTools } from '../../../../web/desk/use-writing-tools';
import { Composer, type Mode } from '../../../../web/kit/composer';
import { Icon } from '../../../../web/kit/glyphs';
import { LineStrip } from '../../../../web/kit/line-strip';
import { Key } from '../../../../web/kit/marks';
import { Refusal, Skeleton } from '../../../../web/kit/states';
import { VerbBar, type VerbButton } from '../../../../web/kit/verb-bar';
import { RecordForm } from '../../../../web/screens/records/form';
import { Talk } from '../../../../web/screens/records/talk';
import { type Action, useActions } from '../../../../web/shell/actions';
import { Missing } from '../../../../web/shell/missing';
import { type Answered, useDone } from '../../../../web/shell/use-done';
import { useExtra } from '../../../../web/shell/use-extra';
import { useHref, useStopHref } from '../../../../web/shell/use-href';
import { useTitle } from '../../../../web/shell/use-title';
import { useVerbs } from '../../../../web/shell/use-verbs';
import { InWordsOf } from '../../../../web/words/in-words-of';
import { refOf, titleOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import { Context } from './context';
import { HandedNote } from './handed';
import { HeadFacts } from './head-facts';
import { LinePaths } from './line-paths';
import { Urgent } from './major';
import { MergeDialog } from './merge';
import { MergedNote } from './merged-note';
import { ResolveDialog } from './resolve';
import { Then } from './then';

const order = ['start', 'resume', 'hold', 'assign', 'resolve', 'close', 'reopen', 'cancel', 'merge', 'unmerge'];

/** Verbs that stand behind the dots. */
const seldom = new Set(['cancel', 'merge']);

/** Verbs that ask more than their own input. */
const dialogs = { merge: MergeDialog, resolve: ResolveDialog };

/** The verb that comes next in each state. */
const likely: Record<string, string> = {
  new: 'start',
  assigned: 'start',
  in_progress: 'comment',
  on_hold: 'resume',
  resolved: 'close',
  closed: 'reopen',
};

/** One incident: its line, facts and verbs on top, the conversation in the middle, the context at the side. */
export function IncidentPage({
  number,
  position,
  onBack,
  onNext,
}: {
  number: string;
  position: string | null;
  onBack: () => void;
  onNext?: () => void;
}) {
  const { t } = useTranslation('incident');
  const type = useType('incidents');
  const query = useWhole('incidents', number);
  useTitle(query.data ? `${number} ${titleOf(query.data)}` : number);
  if (query.isError && !query.data) {
    return (
      <div className="rec">
        {query.error instanceof Problem && query.error.status === 404 ? (
          <Missing />
        ) : (
          <div className="pane">
            <Refusal error={query.error} />
          </div>
        )}
      </div>
    );
  }
  if (!query.data || !type) {
    return (
      <section className="rec" aria-busy="true" aria-label={t('loading')}>
        <Skeleton rows={10} />
      </section>
    );
  }
  return (
    <InWordsOf record={query.data}>
      <Incident record={query.data} type={type} position={position} onBack={onBack} onNext={onNext} />
    </InWordsOf>
  );
}

function Incident({
  record,
  type,
  position,
  onBack,
  onNext,
}: {
  record: RecordRow;
  type: RecordType;
  position: string | null;
  onBack: () => void;
  onNext?: () => void;
}) {
  const { t } = useTranslation('incident');
  const { t: d } = useTranslation('desk');
  const words = useWords();
  const client = useQueryClient();
  const hrefOf = useHref();
  const stopHref = useStopHref();
  const number = record.number;
  const line = usePart<LineOfSight>('incidents', number, 'line-of-sight');
  const clocks = usePart<Page<Clock>>('incidents', number, 'clocks', useHasField('incidents', 'due_at'));
  const { buttons, start, dialog } = useVerbs(type, record, order, dialogs);
  const done = useDone();
  const extra = useExtra('incidents', number);
  const [mode, setMode] = useState<Mode>('comment');
  const [focusAt, setFocusAt] = useState(0);
  const [then, setThen] = useState('');
  const [explained, setExplained] = useState<string | null>(null);
  const [paths, setPaths] = useState(false);
  const [editing, setEditing] = useState(false);

  const offers = record.offers ?? [];
  const may = { comment: offers.includes('comment'), note: offers.includes('note') };
  const write = useCallback((next: Mode) => {
    setMode(next);
    setFocusAt((now) => now + 1);
  }, []);
  useEffect(() => setThen(''), [record.state]);
  const company = usePresence('incidents', record, may.note);
  const tools = useWritingTools({
    type: 'incident',
    plural: 'incidents',
    record,
    mode,
    may: may.comment && may.note,
    write,
    next: onNext,
  });

  const explainNext = useCallback(() => {
    const items = clocks.data?.items ?? [];
    const running =
      items.find((clock) => clock.state === 'running' && clock.target === 'resolution') ??
      items.find((clock) => clock.state === 'running') ??
      items[0];
    setExplained((now) => (now ? null : (running?.target ?? null)));
  }, [clocks.data]);

  const shown = useMemo(() => {
    const writing: VerbButton[] = [
      ...(may.comment ? [{ id: 'comment', label: t('verb.answer'), key: 'r', run: () => write('comment') }] : []),
      ...(may.note ? [{ id: 'note', label: t('verb.note'), key: 'n', run: () => write('note') }] : []),
    ];
    const all = [...writing, ...buttons];
    const next =
      all.find((one) => one.id === likely[record.state ?? ''] && !one.refused) ?? all.find((one) => !one.refused);
    const others = all.filter((one) => one !== next);
    return {
      main: next,
      rest: others.filter((one) => !seldom.has(one.id)),
      seldom: others.filter((one) => seldom.has(one.id)),
    };
  }, [may.comment, may.note, buttons, record.state, t, write]);
  const mayEdit = offers.includes('edit');
  const more = [
    ...(mayEdit ? [{ id: 'edit', label: t('verb.edit'), key: 'i', run: () => setEditing(true) }] : []),
    ...shown.seldom,
    { id: 'line', label: t('verb.line'), key: 'l', narrow: true, run: () => setPaths((now) => !now) },
    { id: 'explain', label: t('verb.explain'), key: 'x', narrow: true, run: explainNext },
    ...extra.items,
  ];

  useActions(
    useMemo<Action[]>(() => {
      const verbs = [shown.main, ...shown.rest, ...shown.seldom].filter((one) => one !== undefined);
      return [
        ...verbs.map((verb) => ({
          id: `verb.${verb.id}`,
          label: verb.label,
          group: 'record' as const,
          key: verb.key,
          hint: number,
          refused: verb.refused,
          run: verb.run,
        })),
        ...(mayEdit
          ? [
              {
                id: 'verb.edit',
                label: t('verb.edit'),
                group: 'record' as const,
                key: 'i',
                run: () => setEditing(true),
              },
            ]
          : []),
        {
          id: 'record.line',
          label: t('verb.line'),
          group: 'record' as const,
          key: 'l',
          run: () => setPaths((now) => !now),
        },
        { id: 'record.explain', label: t('verb.explain'), group: 'record' as const, key: 'x', run: explainNext },
        ...(explained
          ? [
              {
                id: 'record.explained',
                label: t('paths.close'),
                group: 'record' as const,
                key: 'Esc',
                run: () => setExplained(null),
              },
            ]
          : []),
        ...extra.items.map(({ id, ...item }) => ({ id: `record.${id}`, group: 'record' as const, ...item })),
      ];
    }, [shown, mayEdit, number, t, explainNext, extra.items, explained]),
  );

  const send = async (text: string) => {
    const after = await ask<RecordRow>(`/incidents/${number}/${mode}`, {
      method: 'POST',
      body: { text },
      idempotencyKey: crypto.randomUUID(),
    });
    settle(client, 'incidents', number);
    if (after.undo)
      done('incidents', number, `${number}: ${words.past(mode === 'note' ? 'noted' : 'commented')}`, after);
    if (then) start(then);
  };
  // Answer, wait for the requester, on to the next: one stroke.
  const answerAndHold = async (text: string) => {
    const steps = [
      { verb: mode, input: { text } },
      { verb: 'hold', input: { hold_reason: 'requester' } },
    ];
    const body = { steps };
    const after = await ask<RecordRow>(`/incidents/${number}/at-once`, {
      method: 'POST',
      body,
      idempotencyKey: crypto.randomUUID(),
    });
    settle(client, 'incidents', number, after);
    done('incidents', number, `${number}: ${words.past('hold')}`, after);
    onNext?.();
  };
  const attach = async (file: File) => {
    const body = new FormData();
    if (mode === 'note') body.set('internal', 'true');
    body.set('file', file);
    const after = await ask<Answered>(`/incidents/${number}/attachments`, {
      method: 'POST',
      body,
      idempotencyKey: crypto.randomUUID(),
    });
    settle(client, 'incidents', number);
    done('incidents', number, t('attached', { name: file.name }), after);
  };

  const stops = line.data?.paths[0]?.stops;
  const requester = refOf(record, 'requester_id');
  const category = type.states.find((state) => state.name === record.state)?.category;
  const follow = buttons.filter((verb) => !verb.refused && ['hold', 'resolve', 'assign'].includes(verb.id));
  const editVerb = type.verbs.find((verb) => verb.verb === 'edit');
  return (
    <article className="rec" aria-label={`${number} ${titleOf(record)}`}>
      {stops ? <LineStrip stops={stops} more={(line.data?.paths.length ?? 1) - 1} hrefOf={stopHref} /> : null}
      {paths && line.data ? <LinePaths line={line.data} onClose={() => setPaths(false)} /> : null}
      <header className="rh">
        <div className="tt">
          <button type="button" className="icon-btn rec-back" aria-label={t('back')} onClick={onBack}>
            <Icon name="back" />
          </button>
          <h1 className="cut" title={titleOf(record)}>
            {titleOf(record)}
          </h1>
          <span className="num q nw">{number}</span>
          {record.major === true ? <span className="broken b nw">{t('major')}</span> : null}
        </div>
        <HeadFacts record={record} category={category} />
        <MergedNote record={record} />
        <VerbBar
          main={shown.main}
          verbs={shown.rest}
          more={more}
          tail={
            <>
              <span className="sep" />
              <button type="button" className="verb" onClick={() => setPaths((now) => !now)} aria-expanded={paths}>
                {t('verb.line')} <Key>L</Key>
              </button>
              <button type="button" className="verb" onClick={explainNext}>
                {t('verb.explain')} <Key>X</Key>
              </button>
            </>
          }
          end={
            position ? (
              <span className="s q end nw pos">
                {position} <Key>J</Key> <Key>K</Key>
              </span>
            ) : null
          }
        />
      </header>
      <Urgent record={record} start={start} />
      {may.note && record.reassignment_count && !editing ? <HandedNote number={number} /> : null}
      {editing ? (
        <div className="rec-scroll">
          <RecordForm
            place={`${number}.edit`}
            fields={editVerb?.input.length ? editVerb.input : type.fields.filter((field) => field.writable !== false)}
            record={record}
            doing={t('verb.save')}
            onCancel={() => setEditing(false)}
            save={async (body) => {
              if (Object.keys(body).length) {
                const after = await ask<RecordRow>(`/incidents/${number}`, {
                  method: 'PATCH',
                  body,
                  ifMatch: record.version,
                });
                settle(client, 'incidents', number, after);
                done('incidents', number, `${number}: ${words.past('edit')}`, after);
              }
              setEditing(false);
            }}
          />
        </div>
      ) : (
        <div className="cols">
          <div className="talk">
            <Talk record={record} type={type} hrefOf={hrefOf} />
            <Company items={company.items} />
            {may.comment || may.note ? (
              <Composer
                name={number}
                mode={may[mode] ? mode : may.comment ? 'comment' : 'note'}
                onMode={write}
                may={may}
                to={requester ? t('to', { name: requester.name }) : ''}
                send={send}
                attach={attach}
                focusAt={focusAt}
                tools={tools}
                typed={company.typed}
                further={
                  mode === 'comment' && offers.includes('hold')
                    ? { label: d('menu.answer_hold'), run: answerAndHold }
                    : undefined
                }
                placeholder={t(mode === 'note' ? 'write_note' : 'write_answer')}
                then={follow.length ? <Then verbs={follow} value={then} onChange={setThen} /> : null}
              />
            ) : null}
          </div>
          <Context
            record={record}
            type={type}
            clocks={clocks.data?.items ?? []}
            readAt={clocks.dataUpdatedAt}
            explained={explained}
            onExplain={setExplained}
            onWrong={() => {
              setExplained(null);
              write('note');
            }}
          />
        </div>
      )}
      {dialog}
      {extra.dialog}
    </article>
  );
}
