import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRow, RecordType } from '../../api/types';
import type { Column } from '../../kit/data-table';
import { PriorityMark, StatePill } from '../../kit/marks';
import { Value } from '../../kit/value';
import { numberOf } from '../../words/record';
import { useWords } from '../../words/use-words';
import { fromTo, sortOf, widthOf } from './columns';

/** The chosen fields as columns: the title first, since it is the link, and the number behind the first. */
export function useColumns(type: RecordType, chosen: string[]): Column<RecordRow>[] {
  const { t } = useTranslation('records');
  const words = useWords();
  const names = chosen.join();
  return useMemo(() => {
    const made = names.split(',').map((fieldName) => {
      const field = type.fields.find((one) => one.name === fieldName) ?? { name: fieldName, kind: 'text' };
      const named = fieldName === 'title' && type.fields.some((one) => one.name === 'name');
      return {
        id: fieldName,
        label: words.field(named ? 'name' : fieldName, field.label),
        width: widthOf(fieldName, field.kind),
        right: field.kind === 'integer' && fieldName !== 'priority',
        bare: field.kind === 'boolean' || (field.kind === 'integer' && fieldName !== 'priority'),
        sort: sortOf(fieldName),
        cell: (row: RecordRow) =>
          fieldName === 'state' && row.state ? (
            <StatePill state={row.state} category={type.states.find((one) => one.name === row.state)?.category} />
          ) : fieldName === 'priority' ? (
            <PriorityMark priority={numberOf(row, 'priority')} />
          ) : (
            <Value
              field={field}
              value={row[fieldName] ?? (fieldName === 'title' ? row.name : null)}
              full={fromTo.has(fieldName)}
            />
          ),
      };
    });
    const title = made.findIndex((column) => column.id === 'title');
    const front = title > 0 ? [made[title]!, ...made.filter((_, index) => index !== title)] : made;
    const number: Column<RecordRow> = {
      id: 'number',
      label: t('number'),
      width: '92px',
      sort: 'number',
      cell: (row) => <span className="q num">{row.number}</span>,
    };
    return [...front.slice(0, 1), number, ...front.slice(1)];
  }, [type, names, words, t]);
}
