import './editors.css';
import '../../../desk/desk.css';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../kit/glyphs';
import type { EditorProps } from './editor';

interface Point {
  title: string;
  mandatory?: boolean;
}

/** The steps of a checklist, and which of them are needed. */
export default function PointsEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('desk');
  const points = (Array.isArray(value) ? value : []) as Point[];
  const put = (at: number, part: Partial<Point>) =>
    onChange(points.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className="macro-steps">
      {points.map((point, at) => (
        <div className="point-row" key={`step ${at + 1}`}>
          <input
            className="input"
            aria-label={t('checklist.step', { at: at + 1 })}
            value={point.title}
            maxLength={300}
            onChange={(event) => put(at, { title: event.target.value })}
          />
          <label className="check s nw">
            <input
              type="checkbox"
              checked={point.mandatory ?? false}
              onChange={(event) => put(at, { mandatory: event.target.checked })}
            />
            {t('steps.needed')}
          </label>
          <button
            type="button"
            className="icon-btn"
            aria-label={t('checklist.remove', { at: at + 1 })}
            onClick={() => onChange(points.filter((_, index) => index !== at))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button type="button" className="btn" onClick={() => onChange([...points, { title: '', mandatory: false }])}>
        {t('checklist.add')}
      </button>
    </div>
  );
}
