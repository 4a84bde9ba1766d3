import './queue.css';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { query } from '../../../../web/api/client';
import { useReasons } from '../../../../web/api/places';
import { useList, useType, useWhole } from '../../../../web/api/queries';
import type { RecordRow } from '../../../../web/api/types';
import { useViews } from '../../../../web/api/views';
import { FilterBar } from '../../../../web/kit/filter-bar';
import { Icon } from '../../../../web/kit/glyphs';
import { ListRow, type RowLook } from '../../../../web/kit/list-row';
import { Key } from '../../../../web/kit/marks';
import { Menu } from '../../../../web/kit/menu';
import { EmptyState, Refusal, Skeleton } from '../../../../web/kit/states';
import { useSuggestions } from '../../../../web/screens/records/suggestions';
import { useActions } from '../../../../web/shell/actions';
import { useTitle } from '../../../../web/shell/use-title';
import { useView } from '../../../../web/shell/use-view';
import { filterParams, parseFilter } from '../../../../web/words/filter';
import { lookOf } from '../../../../web/words/look';
import { useMinute } from '../../../../web/words/now';
import { numberOf } from '../../../../web/words/record';
import { dueGroup } from '../../../../web/words/time';
import { useSteady } from '../../../../web/words/use-steady';
import { useWords, type Words } from '../../../../web/words/use-words';
import { shownBy } from '../../../../web/words/view';
import { IncidentPage } from './page';

const sorts = ['queue_at', 'due_at', 'priority,due_at', '-opened_at', '-updated_at'] as const;
const standard = 'state:open';
const wanted = 'number,title,state,priority,due_at,queue_at,opened_at,updated_at,assignee_id,version';

type Line =
  | { kind: 'group'; key: string; label: string; count: string }
  | { kind: 'row'; key: string; look: RowLook; at: number };

/** The queue: list left, record right; the address holds filter, order and the open record. */
export function Queue() {
  const { t } = useTranslation('incident');
  const { t: r } = useTranslation('records');
  const words = useWords();
  const navigate = useNavigate();
  const { number } = useParams({ strict: false }) as { number?: string };
  const [view, change] = useView();
  const type = useType('incidents');
  const filter = view.filter ?? standard;
  const views = useViews('incident');
  const [filterAt, setFilterAt] = useState(0);
  const fields = useMemo(() => type?.fields.map((field) => field.name) ?? [], [type]);
  const { params, unknown } = filterParams(parseFilter(filter), { fields, states: type?.states ?? [] });
  // What is done has no place in a queue: it stands by its promise.
  const due = fields.includes('due_at');
  const known = view.sort && (due || !view.sort.includes('due_at')) ? view.sort : undefined;
  const sort = known ?? (isOpenOnly(params) ? 'queue_at' : due ? 'due_at' : '-opened_at');
  const list = useList(
    'incidents',
    { ...params, sort, count: true, fields: wanted },
    { enabled: Boolean(type) && unknown.length === 0 },
  );
  const found = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  // The open record keeps its place until one moves on, even when it no longer fits the filter.
  const opened = useWhole('incidents', number).data;
  const steady = useSteady(found, `${filter} ${sort}`, !list.isPlaceholderData, opened?.id);
  const rows = useMemo(
    () => (opened ? steady.map((row) => (row.id === opened.id ? { ...row, ...opened } : row)) : steady),
    [steady, opened],
  );
  const total = list.data?.pages[0]?.total;
  const exact = list.data?.pages[0]?.total_exact !== false;
  const suggestions = useSuggestions(type);
  const name = nameOf(filter, t as (key: string) => string);
  useTitle(number ? undefined : name);

  const open = useCallback(
    (next: string, replace = false) =>
      void navigate({ to: '/incidents/$number', params: { number: next }, search: view as never, replace }),
    [navigate, view],
  );
  const at = rows.findIndex((row) => row.number === number);
  const move = useCallback(
    (by: number) => {
      const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))];
      if (next) open(next.number, true);
    },
    [rows, at, open],
  );
  // On a wide screen the first record stands open, so that work begins without a click.
  useEffect(() => {
    if (!number && rows[0] && matchMedia('(min-width: 1101px)').matches) open(rows[0].number, true);
  }, [number, rows, open]);

  useActions(
    useMemo(
      () => [
        { id: 'list.next', label: t('keys.next'), group: 'here' as const, key: 'j', run: () => move(1) },
        { id: 'list.before', label: t('keys.before'), group: 'here' as const, key: 'k', run: () => move(-1) },
        {
          id: 'list.filter',
          label: t('keys.filter'),
          group: 'here' as const,
          key: '/',
          run: () => setFilterAt((now) => now + 1),
        },
        {
          id: 'list.sort',
          label: t('keys.sort'),
          group: 'here' as const,
          run: () => change({ sort: sorts[(sorts.indexOf(sort as 'queue_at') + 1) % sorts.length] }),
        },
      ],
      [t, move, change, sort],
    ),
  );

  return (
    <div className={number ? 'work has-record' : 'work'}>
      <section className="queue" aria-label={name}>
        <header>
          <h1>{name}</h1>
          <span className="q num nw">
            {total === undefined
              ? ''
              : t('open_count', { count: total, figure: `${words.number(total)}${exact ? '' : '+'}` })}
          </span>
          <a
            className="icon-btn end"
            href="/incidents/new"
            aria-label={t('new')}
            onClick={(event) => go(event, () => void navigate({ to: '/incidents/new' }))}
          >
            <Icon name="plus" />
          </a>
          <Key>C</Key>
          <Menu
            label={t('list_more')}
            items={[
              {
                id: 'table',
                label: r('as_table'),
                run: () => void navigate({ to: '/incidents/table', search: { filter, sort } as never }),
              },
              {
                id: 'csv',
                label: r('csv_title'),
                run: () =>
                  location.assign(`/api/v1/incidents${query({ ...params, sort, format: 'csv', fields: wanted })}`),
              },
              ...views.map((saved) => ({
                id: `view.${saved.id}`,
                label: saved.name,
                run: () => change({ filter: shownBy(saved).filter, sort: shownBy(saved).sort }),
              })),
            ]}
          >
            <Icon name="more" />
          </Menu>
        </header>
        <div className="queue-filter">
          <FilterBar
            value={filter}
            onChange={(text) => change({ filter: text || 'state:open,resolved,closed,cancelled' })}
            suggestions={suggestions}
            focusAt={filterAt}
            end={
              <select
                aria-label={t('sort.label')}
                value={sort}
                onChange={(event) => change({ sort: event.target.value })}
              >
                {sorts
                  .filter((one) => due || !one.includes('due_at'))
                  .map((one) => (
                    <option key={one} value={one}>
                      {t(`sort.${one.replace(/[-,]/g, '_')}` as 'sort.due_at')}
                    </option>
                  ))}
              </select>
            }
          />
        </div>
        {unknown.length ? (
          <div className="queue-say">
            <Refusal title={t('unknown_field', { name: unknown.join(', ') })} />
          </div>
        ) : list.isError ? (
          <div className="queue-say">
            <Refusal error={list.error} />
          </div>
        ) : list.isPending ? (
          <Skeleton rows={16} />
        ) : rows.length === 0 ? (
          <EmptyState
            title={t('empty.title')}
            action={
              <a
                className="btn"
                href="/incidents/new"
                onClick={(event) => go(event, () => void navigate({ to: '/incidents/new' }))}
              >
                {t('new')} <Key>C</Key>
              </a>
            }
          >
            {t('empty.text')}
          </EmptyState>
        ) : (
          <QueueRows
            rows={rows}
            sort={sort}
            selected={number}
            onOpen={open}
            words={words}
            complete={!list.hasNextPage}
            more={list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : undefined}
          />
        )}
      </section>
      {number ? (
        <IncidentPage
          key={number}
          number={number}
          position={at >= 0 && total !== undefined ? t('position', { at: at + 1, of: words.number(total) }) : null}
          onBack={() => void navigate({ to: '/incidents', search: view as never })}
          onNext={() => move(1)}
        />
      ) : (
        <div className="rec none">
          <EmptyState title={t('none.title')}>{t('none.text')}</EmptyState>
        </div>
      )}
    </div>
  );
}

const unfinished = new Set(['open', 'paused', 'new', 'assigned', 'in_progress', 'on_hold']);

/** Does a filter leave only what is open? */
const isOpenOnly = (params: Record<string, string>) =>
  [params.state, params.state_category].some((value) => value?.split(',').every((one) => unfinished.has(one)));

/** A plain click stays in the application; with a modifier the browser does what it does. */
function go(event: MouseEvent, run: () => void) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  run();
}

function nameOf(filter: string, t: (key: string) => string): string {
  const terms = parseFilter(filter).terms;
  const team = terms.find((term) => term.field === 'team');
  if (team?.values.length === 1) return team.values[0]!;
  if (terms.some((term) => term.field === 'major')) return t('view.major');
  const assignee = terms.find((term) => term.field === 'assignee')?.values[0];
  const held = terms.find((term) => term.field === 'state')?.values[0] === 'on_hold';
  if (assignee === 'me') return held ? t('view.waiting') : t('view.mine');
  if (assignee === 'none') return t('view.unassigned');
  return t('view.all');
}

function QueueRows({
  rows,
  sort,
  selected,
  onOpen,
  words,
  complete,
  more,
}: {
  rows: RecordRow[];
  sort: string;
  selected?: string;
  onOpen: (number: string) => void;
  words: Words;
  complete: boolean;
  more?: () => void;
}) {
  const { t } = useTranslation('incident');
  const now = useMinute();
  const scroll = useRef<HTMLDivElement>(null);
  const reasons = useReasons(rows, sort === 'queue_at');
  const lines = useMemo(
    () => linesOf(rows, sort, now, words, complete, reasons, t as never),
    [rows, sort, now, words, complete, reasons, t],
  );
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index]?.kind === 'group' ? 34 : 36),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= lines.length - 10) more();
  }, [last, lines.length, more]);
  useEffect(() => {
    const index = lines.findIndex((line) => line.kind === 'row' && line.look.number === selected);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
    // Only when another record is opened: a live change must not move the list.
  }, [selected]);
  return (
    <div className="queue-rows" ref={scroll} tabIndex={-1}>
      <ul style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index]!;
          return (
            <li key={item.key} style={{ transform: `translateY(${item.start}px)` }}>
              {line.kind === 'group' ? (
                <div className="grp">
                  <span>{line.label}</span>
                  <span className="num">{line.count}</span>
                </div>
              ) : (
                <ListRow
                  row={line.look}
                  selected={line.look.number === selected}
                  onOpen={(event) => go(event, () => onOpen(line.look.number))}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function linesOf(
  rows: RecordRow[],
  sort: string,
  now: number,
  words: Words,
  complete: boolean,
  reasons: ReadonlyMap<string, string>,
  t: (key: string, values?: object) => string,
): Line[] {
  const groupOf = (row: RecordRow): string => {
    if (sort === 'due_at') return dueGroup(row.due_at as string | null, now, words.zone);
    if (sort.startsWith('priority')) return `p${numberOf(row, 'priority') ?? 5}`;
    return '';
  };
  // A row kept in its place while it changed stays under the heading it was read under.
  const groups: string[] = [];
  rows.forEach((row, at) => {
    const own = groupOf(row);
    const above = groups[at - 1];
    const below = rows[at + 1];
    groups.push(above !== undefined && below && own !== above && groupOf(below) === above ? above : own);
  });
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  const lines: Line[] = [];
  let before = '';
  rows.forEach((row, at) => {
    const group = groups[at] ?? '';
    if (group && group !== before) {
      const open = !complete && group === groups.at(-1);
      lines.push({
        kind: 'group',
        key: `g${group}`,
        label: t(`group.${group}`),
        count: open ? '' : words.number(counts.get(group) ?? 0),
      });
    }
    before = group;
    const look = lookOf(row, `/incidents/${row.number}`, now, words, sort);
    lines.push({ kind: 'row', key: row.id, at, look: { ...look, why: reasons.get(row.id) } });
  });
  return lines;
}
