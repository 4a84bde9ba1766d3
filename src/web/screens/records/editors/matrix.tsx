import './editors.css';
import { useTranslation } from 'react-i18next';
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

/** Priority by impact (down) and urgency (across). */
export default function MatrixEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const matrix = (value ?? delivered) as Record<string, number>;
  const steps = [1, 2, 3];
  return (
    <table className="ed-matrix">
      <thead>
        <tr>
          <td />
          {steps.map((urgency) => (
            <th key={urgency} scope="col">
              {t('edit.urgency', { urgency })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((impact) => (
          <tr key={impact}>
            <th scope="row">{t('edit.impact', { impact })}</th>
            {steps.map((urgency) => (
              <td key={urgency}>
                <select
                  className="input"
                  aria-label={`${words.field('priority')} ${impact} ${urgency}`}
                  value={matrix[`${impact}${urgency}`] ?? 3}
                  onChange={(event) => onChange({ ...matrix, [`${impact}${urgency}`]: Number(event.target.value) })}
                >
                  {[1, 2, 3, 4, 5].map((one) => (
                    <option key={one}>{one}</option>
                  ))}
                </select>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
