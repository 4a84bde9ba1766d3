import './data-table.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from './use-narrow';

export interface Column<R> {
  id: string;
  label: string;
  /** A CSS grid track: `120px`, `minmax(160px, 2fr)`. */
  width: string;
  right?: boolean;
  /** Its values say nothing without their name: a number, a yes or no. */
  bare?: boolean;
  /** Sort this column asks for, if the list has it. */
  sort?: string;
  cell: (row: R) => ReactNode;
}

/**
 * Rows of 36 px without stripes or borders; only those in sight exist. On a phone a row has two lines, the second with
 * what stands in the columns, and one chooses the order from a list.
 */
export function DataTable<R extends { id: string }>({
  label,
  columns,
  rows,
  hrefOf,
  onOpen,
  sort,
  onSort,
  more,
  focused,
  choice,
}: {
  label: string;
  columns: Column<R>[];
  rows: R[];
  hrefOf: (row: R) => string;
  onOpen: (row: R) => void;
  sort?: string;
  onSort?: (sort: string) => void;
  /** Asks for the next page; absent when all is here. */
  more?: () => void;
  focused?: number;
  /** Choosing several rows, where that is offered. */
  choice?: {
    chosen: ReadonlySet<string>;
    toggle: (row: R, range: boolean) => void;
    toggleAll: () => void;
    nameOf: (row: R) => string;
    allName: string;
  };
}) {
  const { t } = useTranslation('kit');
  const scroll = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const measured = useRef(narrow);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (narrow ? 60 : 36),
    overscan: 12,
  });
  useEffect(() => {
    if (narrow !== measured.current) virtual.measure();
    measured.current = narrow;
  }, [narrow, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 12) more();
  }, [last, rows.length, more]);
  useEffect(() => {
    if (focused !== undefined && focused >= 0) virtual.scrollToIndex(focused, { align: 'auto' });
  }, [focused, virtual]);
  const template = [...(choice ? ['20px'] : []), ...columns.map((column) => column.width)].join(' ');
  const gridTemplateColumns = narrow ? undefined : template;
  const orders = columns.filter((column) => column.sort);
  return (
    <div className="dt" ref={scroll} tabIndex={-1}>
      {narrow && onSort && orders.length ? (
        <select
          className="dt-sort"
          aria-label={t('table.order')}
          value={sort ?? ''}
          onChange={(event) => onSort(event.target.value)}
        >
          <option value="">{t('table.order')}</option>
          {orders.flatMap((column) => [
            <option key={column.id} value={column.sort}>
              {column.label} ↑
            </option>,
            <option key={`-${column.id}`} value={`-${column.sort}`}>
              {column.label} ↓
            </option>,
          ])}
        </select>
      ) : null}
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1} className="dt-in">
        <div role="row" className="dt-row dt-head" style={{ gridTemplateColumns }} aria-rowindex={1}>
          {choice ? (
            <span role="columnheader" className="dt-pick">
              <label>
                <input
                  type="checkbox"
                  aria-label={choice.allName}
                  checked={rows.length > 0 && rows.every((row) => choice.chosen.has(row.id))}
                  onChange={choice.toggleAll}
                />
              </label>
            </span>
          ) : null}
          {(narrow ? [] : columns).map((column) => {
            const up = column.sort !== undefined && sort === column.sort;
            const down = column.sort !== undefined && sort === `-${column.sort}`;
            return (
              <span
                key={column.id}
                role="columnheader"
                className={column.right ? 'r' : undefined}
                aria-sort={up ? 'ascending' : down ? 'descending' : undefined}
              >
                {column.sort && onSort ? (
                  <button
                    type="button"
                    onClick={() => onSort(up ? `-${column.sort}` : column.sort!)}
                    title={t('table.sort')}
                  >
                    {column.label}
                    {up ? ' ↑' : down ? ' ↓' : ''}
                  </button>
                ) : (
                  column.label
                )}
              </span>
            );
          })}
        </div>
        <div className="dt-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                role="row"
                key={row.id}
                aria-rowindex={item.index + 2}
                className={focused === item.index ? 'dt-row on' : 'dt-row'}
                style={{ gridTemplateColumns, transform: `translateY(${item.start}px)` }}
              >
                {choice ? (
                  <span role="cell" className="dt-pick">
                    <label>
                      <input
                        type="checkbox"
                        aria-label={choice.nameOf(row)}
                        checked={choice.chosen.has(row.id)}
                        onChange={(event) => choice.toggle(row, (event.nativeEvent as MouseEvent).shiftKey === true)}
                      />
                    </label>
                  </span>
                ) : null}
                {columns.map((column, index) => (
                  <span
                    role="cell"
                    key={column.id}
                    className={column.right ? 'r num' : 'cut'}
                    data-name={column.bare ? column.label : undefined}
                  >
                    {index === 0 ? (
                      <a
                        href={hrefOf(row)}
                        className="dt-a"
                        onClick={(event) => {
                          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
                          event.preventDefault();
                          onOpen(row);
                        }}
                      >
                        {column.cell(row)}
                      </a>
                    ) : (
                      column.cell(row)
                    )}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
