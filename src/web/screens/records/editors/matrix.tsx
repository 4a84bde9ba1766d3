import './editors.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../../kit/marks';
import { useWords } from '../../../words/use-words';
import type { EditorProps } from './editor';

const delivered: Record<string, number> = {
  '11': 1,
  '12': 2,
  '13': 3,
  '21': 2,
  '22': 3,
  '23': 4,
  '31': 3,
  '32': 4,
  '33': 5,
};

/** Priority by impact (down) and urgency (across): one mark for each meeting, changed where it stands. */
export default function MatrixEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const matrix = (value ?? delivered) as Record<string, number>;
  return (
    <MatrixTable
      cell={(key) => (
        <span className="ed-cell">
          <PriorityMark priority={matrix[key] ?? 3} />
          <select
            aria-label={`${t('edit.impact', { impact: key[0] })}, ${t('edit.urgency', { urgency: key[1] })}: ${words.field('priority')}`}
            value={matrix[key] ?? 3}
            onChange={(event) => onChange({ ...matrix, [key]: Number(event.target.value) })}
          >
            {[1, 2, 3, 4, 5].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </span>
      )}
    />
  );
}

/** The table itself, for reading and for changing: the heavier the meeting, the darker its ground. */
export function MatrixTable({ cell }: { cell: (key: string) => ReactNode }) {
  const words = useWords();
  const steps = [1, 2, 3];
  return (
    <table className="ed-matrix">
      <thead>
        <tr>
          <td />
          {steps.map((urgency) => (
            <th key={urgency} scope="col">
              <span className="q">{words.field('urgency')}</span>{' '}
              {words.choice('urgency', String(urgency), String(urgency))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((impact) => (
          <tr key={impact}>
            <th scope="row">
              <span className="q">{words.field('impact')}</span>{' '}
              {words.choice('impact', String(impact), String(impact))}
            </th>
            {steps.map((urgency) => (
              <td key={urgency}>{cell(`${impact}${urgency}`)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The matrix of a model, as it is read on its page. */
export function MatrixView({ value }: { value: Record<string, number> }) {
  return <MatrixTable cell={(key) => <PriorityMark priority={value[key]} named />} />;
}
