import './editors.css';
import { useTranslation } from 'react-i18next';
import type { Ref } from '../../../api/types';
import { Icon } from '../../../kit/glyphs';
import { RefPicker } from '../../../kit/ref-picker';
import type { EditorProps } from './editor';

interface Carried {
  goal_id: Ref | { number: string; name: string } | string;
  weight: number;
}

/** Which goals a service carries, and how much each depends on it. */
export default function GoalsEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('direction');
  const { t: l } = useTranslation('levels');
  const rows = (value ?? []) as Carried[];
  const keyOf = (row: Carried) => (typeof row.goal_id === 'string' ? row.goal_id : row.goal_id.number);
  return (
    <div className="ed-rows">
      {rows.map((row) => (
        <div key={keyOf(row)} className="ed-goal">
          <span className="cut">{typeof row.goal_id === 'string' ? row.goal_id : row.goal_id.name}</span>
          <input
            className="input"
            type="number"
            min={1}
            max={10}
            aria-label={t('goals.weight', { weight: '' })}
            value={row.weight}
            onChange={(event) =>
              onChange(rows.map((one) => (one === row ? { ...row, weight: Number(event.target.value) || 1 } : one)))
            }
          />
          <button
            type="button"
            className="icon-btn"
            aria-label={l('try.remove')}
            onClick={() => onChange(rows.filter((one) => one !== row))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <RefPicker
        plural="goals"
        value={null}
        ids={{ 'aria-label': t('goals.one') }}
        onChange={(picked) => {
          if (picked && !rows.some((row) => keyOf(row) === picked.number))
            onChange([...rows, { goal_id: picked, weight: 1 }]);
        }}
      />
    </div>
  );
}
