import './records.css';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList, useType, useTypes } from '../../api/queries';
import type { RecordRow, RecordType } from '../../api/types';
import { type Column, DataTable } from '../../kit/data-table';
import { FilterBar } from '../../kit/filter-bar';
import { Key } from '../../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../../kit/states';
import { Value } from '../../kit/value';
import { useActions } from '../../shell/actions';
import { Missing } from '../../shell/missing';
import { pathOf, pluralOfPath } from '../../shell/use-href';
import { useTitle } from '../../shell/use-title';
import { useView } from '../../shell/use-view';
import { filterParams, parseFilter } from '../../words/filter';
import { useWords } from '../../words/use-words';
import { columnsOf, sortOf, widthOf } from './columns';
import { useSuggestions } from './suggestions';

/** The list of any record type: made from what the server says about the type. */
export function RecordList() {
  const { plural: word = '' } = useParams({ strict: false }) as { plural?: string };
  const types = useTypes();
  const type = useType(pluralOfPath(word));
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
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const name = words.plural(type.type, type.labels ?? type.label);
  useTitle(name);

  const hrefOf = useCallback((row: { number: string }) => `${pathOf(type.plural)}/${row.number}`, [type]);
  const open = useCallback((row: RecordRow) => void navigate({ to: hrefOf(row) }), [navigate, hrefOf]);
  const may = type.may_create ?? false;
  const create = useCallback(() => void navigate({ to: `${pathOf(type.plural)}/new` }), [navigate, type]);
  const columns = useMemo<Column<RecordRow>[]>(() => {
    const chosen = columnsOf(type, view.columns).map((fieldName) => {
      const field = type.fields.find((one) => one.name === fieldName) ?? { name: fieldName, kind: 'text' };
      return {
        id: fieldName,
        label: words.field(
          fieldName === 'title' && type.fields.some((one) => one.name === 'name') ? 'name' : fieldName,
          field.label,
        ),
        width: widthOf(fieldName, field.kind),
        right: field.kind === 'integer' && fieldName !== 'priority',
        sort: sortOf(fieldName),
        cell: (row: RecordRow) => (
          <Value field={field} value={row[fieldName] ?? (fieldName === 'title' ? row.name : null)} />
        ),
      };
    });
    const title = chosen.findIndex((column) => column.id === 'title');
    const front = title > 0 ? [chosen[title]!, ...chosen.filter((_, index) => index !== title)] : chosen;
    return [
      ...front.slice(0, 1),
      {
        id: 'number',
        label: t('number'),
        width: '92px',
        sort: 'number',
        cell: (row: RecordRow) => <span className="q num">{row.number}</span>,
      },
      ...front.slice(1),
    ];
  }, [type, view.columns, words, t]);

  useActions(
    useMemo(
      () => [
        {
          id: 'list.next',
          label: t('next'),
          group: 'here' as const,
          key: 'j',
          run: () => setOn((now) => Math.min(rows.length - 1, now + 1)),
        },
        {
          id: 'list.before',
          label: t('before'),
          group: 'here' as const,
          key: 'k',
          run: () => setOn((now) => Math.max(0, now - 1)),
        },
        {
          id: 'list.open',
          label: t('open'),
          group: 'here' as const,
          key: 'Enter',
          run: () => rows[on] && open(rows[on]),
        },
        {
          id: 'list.filter',
          label: t('filter'),
          group: 'here' as const,
          key: '/',
          run: () => setFilterAt((now) => now + 1),
        },
        ...(may && type.type !== 'incident'
          ? [
              {
                id: `list.create.${type.type}`,
                label: t('create', { what: words.type(type.type, type.label) }),
                group: 'here' as const,
                key: 'c',
                run: create,
              },
            ]
          : []),
      ],
      [rows, on, open, t, may, create, words, type],
    ),
  );

  return (
    <div className="page records">
      <header className="head">
        <div>
          <h1>
            {name}{' '}
            <span className="q num figure">
              {first?.total !== undefined
                ? `${words.number(first.total)}${first.total_exact === false ? '+' : ''}`
                : ''}
            </span>
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
            <ColumnChoice
              type={type}
              chosen={columnsOf(type, view.columns)}
              onChange={(names) => change({ columns: names }, true)}
            />
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
          title={t(filter ? 'empty.filtered' : 'empty.title', { what: name })}
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
        />
      )}
    </div>
  );
}

function ColumnChoice({
  type,
  chosen,
  onChange,
}: {
  type: RecordType;
  chosen: string[];
  onChange: (names: string) => void;
}) {
  const { t } = useTranslation('records');
  const words = useWords();
  return (
    <details className="cols-choice end">
      <summary className="link">{t('columns')}</summary>
      <div className="cols-pop">
        {type.fields
          .filter(
            (field) =>
              !['id', 'type', 'version', 'number', 'state_category', 'state_since', 'custom'].includes(field.name) &&
              field.kind !== 'json' &&
              field.kind !== 'markdown',
          )
          .map((field) => (
            <label className="check" key={field.name}>
              <input
                type="checkbox"
                checked={chosen.includes(field.name)}
                onChange={(event) =>
                  onChange(
                    (event.target.checked
                      ? [...chosen, field.name]
                      : chosen.filter((name) => name !== field.name)
                    ).join(','),
                  )
                }
              />
              {words.field(field.name, field.label)}
            </label>
          ))}
      </div>
    </details>
  );
}
