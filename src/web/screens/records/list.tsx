import './records.css';
import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { query } from '../../api/client';
import { useList, useType, useTypes } from '../../api/queries';
import type { RecordRow, RecordType, VerbMeta } from '../../api/types';
import { DataTable } from '../../kit/data-table';
import { FilterBar } from '../../kit/filter-bar';
import { Key } from '../../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../../kit/states';
import { useActions } from '../../shell/actions';
import { Missing } from '../../shell/missing';
import { pathOf, pluralOfPath } from '../../shell/use-href';
import { useTitle } from '../../shell/use-title';
import { useView } from '../../shell/use-view';
import { filterParams, parseFilter } from '../../words/filter';
import { titleOf } from '../../words/record';
import { useSteady } from '../../words/use-steady';
import { useWords } from '../../words/use-words';
import { BulkDialog, bulkVerbs, type Chosen } from './bulk';
import { ColumnChoice } from './column-choice';
import { columnsOf } from './columns';
import { useSuggestions } from './suggestions';
import { useColumns } from './use-columns';
import { Views } from './views';

/** The list of any record type: made from what the server says about the type. */
export function RecordList() {
  const { plural } = useParams({ strict: false }) as { plural?: string };
  const word = useLocation().pathname.split('/')[1] ?? '';
  const types = useTypes();
  const type = useType(pluralOfPath(plural ?? word));
  if (!types.data) return <Skeleton />;
  if (!type) return <Missing />;
  return <RecordTable type={type} key={type.type} />;
}

export function RecordTable({ type, head }: { type: RecordType; head?: React.ReactNode }) {
  const { t } = useTranslation('records');
  const words = useWords();
  const navigate = useNavigate();
  const [view, change] = useView();
  const [on, setOn] = useState(-1);
  const [filterAt, setFilterAt] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [doing, setDoing] = useState<{ verb: VerbMeta; chosen: Chosen; figure: string } | null>(null);
  const filter = view.filter ?? '';
  const suggestions = useSuggestions(type);
  const fields = useMemo(() => type.fields.map((field) => field.name), [type]);
  const { params, unknown } = filterParams(parseFilter(filter), { fields, states: type.states });
  const sort = view.sort ?? '';
  const list = useList(
    type.plural,
    { ...params, sort: sort || undefined, count: true },
    { enabled: unknown.length === 0 },
  );
  const found = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const rows = useSteady(found, `${filter} ${sort}`, !list.isPlaceholderData);
  const first = list.data?.pages[0];
  const figure =
    first?.total === undefined ? '' : `${words.number(first.total)}${first.total_exact === false ? '+' : ''}`;
  const name = words.plural(type.type, type.labels ?? type.label);
  useTitle(name);
  // Within a sentence English writes it small; German nouns stay as they are.
  const inside = words.language === 'en' ? name.charAt(0).toLowerCase() + name.slice(1) : name;

  const isIncident = type.type === 'incident';
  const hrefOf = useCallback((row: { number: string }) => `${pathOf(type.plural)}/${row.number}`, [type]);
  const open = useCallback(
    (row: RecordRow) => void navigate({ to: hrefOf(row), search: (isIncident && filter ? { filter } : {}) as never }),
    [navigate, hrefOf, isIncident, filter],
  );
  const may = type.may_create ?? false;
  const create = useCallback(() => void navigate({ to: `${pathOf(type.plural)}/new` }), [navigate, type]);
  const shownFields = columnsOf(type, view.columns);
  const columns = useColumns(type, shownFields);
  const toggle = useCallback((id: string) => {
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);

  useActions(
    useMemo(() => {
      const here = (id: string, label: string, key: string, run: () => void) => ({
        id: `list.${id}`,
        label,
        group: 'here' as const,
        key,
        run,
      });
      return [
        here('next', t('next'), 'j', () => setOn((now) => Math.min(rows.length - 1, now + 1))),
        here('before', t('before'), 'k', () => setOn((now) => Math.max(0, now - 1))),
        here('open', t('open'), 'Enter', () => rows[on] && open(rows[on])),
        here('select', t('select.key'), 'x', () => rows[on] && toggle(rows[on].id)),
        here('filter', t('filter'), '/', () => setFilterAt((now) => now + 1)),
        ...(may && !isIncident
          ? [here(`create.${type.type}`, t('create', { what: words.type(type.type, type.label) }), 'c', create)]
          : []),
      ];
    }, [rows, on, open, t, may, create, words, type, toggle, isIncident]),
  );

  const verbs = bulkVerbs(type);
  const csv = `/api/v1/${type.plural}${query({ ...params, sort: sort || undefined, format: 'csv', fields: ['number', ...shownFields].join(',') })}`;
  return (
    <div className="page records">
      <header className="head">
        <div>
          <h1>
            {name} <span className="q num figure">{figure}</span>
          </h1>
          <p className="lede">{t(`about.${type.type}` as 'about.person', '')}</p>
        </div>
        <div className="tools">
          {may ? (
            <button type="button" className="verb main" onClick={create}>
              {t('create', { what: words.type(type.type, type.label) })} <Key>C</Key>
            </button>
          ) : null}
        </div>
      </header>
      {head}
      <div className="pane filter-pane">
        <FilterBar
          value={filter}
          onChange={(text) => change({ filter: text })}
          suggestions={suggestions}
          focusAt={filterAt}
          end={
            <span className="list-tools">
              <Views type={type.type} view={view} onOpen={(next) => change({ ...next })} />
              <ColumnChoice type={type} chosen={shownFields} onChange={(names) => change({ columns: names }, true)} />
              <a className="link" href={csv} download title={t('csv_title')}>
                {t('csv')}
              </a>
              {isIncident ? (
                <a className="link" href={`/incidents${query({ filter })}`}>
                  {t('as_queue')}
                </a>
              ) : null}
            </span>
          }
        />
        {unknown.length ? <Refusal title={t('unknown_field', { name: unknown.join(', ') })} /> : null}
      </div>
      {list.isError ? (
        <div className="pane">
          <Refusal error={list.error} />
        </div>
      ) : list.isPending && unknown.length === 0 ? (
        <Skeleton rows={12} />
      ) : rows.length === 0 ? (
        <EmptyState
          title={t(filter ? 'empty.filtered' : 'empty.title', { what: inside })}
          action={
            filter ? (
              <button type="button" className="btn" onClick={() => change({ filter: undefined })}>
                {t('empty.clear')}
              </button>
            ) : may ? (
              <button type="button" className="btn" onClick={create}>
                {t('create', { what: words.type(type.type, type.label) })}
              </button>
            ) : undefined
          }
        >
          {filter ? t('empty.filtered_text') : t(`about.${type.type}` as 'about.person', '')}
        </EmptyState>
      ) : (
        <DataTable
          label={name}
          columns={columns}
          rows={rows}
          hrefOf={hrefOf}
          onOpen={open}
          sort={sort}
          onSort={(wanted) => change({ sort: wanted })}
          more={list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : undefined}
          focused={on}
          choice={{
            chosen,
            toggle: (row) => toggle(row.id),
            toggleAll: () =>
              setChosen((now) =>
                rows.every((row) => now.has(row.id)) ? new Set() : new Set(rows.map((row) => row.id)),
              ),
            nameOf: (row) => t('select.one', { number: row.number }),
            allName: t('select.all'),
          }}
        />
      )}
      {chosen.size ? (
        <div className="chosen-bar" role="toolbar" aria-label={t('select.count', { count: chosen.size })}>
          <span className="b num">{t('select.count', { count: chosen.size })}</span>
          <select
            className="input"
            aria-label={t('select.verb')}
            value=""
            onChange={(event) => {
              const verb = verbs.find((one) => one.verb === event.target.value);
              if (verb)
                setDoing({ verb, chosen: { ids: [...chosen] }, figure: t('select.count', { count: chosen.size }) });
            }}
          >
            <option value="">{t('select.verb')}</option>
            {verbs.map((verb) => (
              <option key={verb.verb} value={verb.verb}>
                {words.verb(verb.verb)}
              </option>
            ))}
          </select>
          {(first?.total ?? 0) > rows.length || rows.every((row) => chosen.has(row.id)) ? (
            <select
              className="input"
              aria-label={t('select.matching', { figure })}
              value=""
              onChange={(event) => {
                const verb = verbs.find((one) => one.verb === event.target.value);
                if (verb) setDoing({ verb, chosen: { filter: params }, figure });
              }}
            >
              <option value="">{t('select.matching', { figure })}</option>
              {verbs.map((verb) => (
                <option key={verb.verb} value={verb.verb}>
                  {words.verb(verb.verb)}
                </option>
              ))}
            </select>
          ) : null}
          <button type="button" className="btn quiet" onClick={() => setChosen(new Set())}>
            {t('select.clear')}
          </button>
        </div>
      ) : null}
      {doing ? (
        <BulkDialog
          type={type}
          verb={doing.verb}
          chosen={doing.chosen}
          figure={doing.figure}
          nameOf={(address) => {
            const row = rows.find((one) => one.id === address || one.number === address);
            return row ? { number: row.number, title: titleOf(row) } : undefined;
          }}
          onClose={() => setDoing(null)}
        />
      ) : null}
    </div>
  );
}
