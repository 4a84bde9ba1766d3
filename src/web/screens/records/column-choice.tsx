import { useTranslation } from 'react-i18next';
import type { RecordType } from '../../api/types';
import { Icon } from '../../kit/glyphs';
import { useWords } from '../../words/use-words';

const never = ['id', 'type', 'version', 'number', 'state_category', 'state_since', 'custom', 'name'];

/** Which columns a list shows, and in which order. */
export function ColumnChoice({
  type,
  chosen,
  onChange,
}: {
  type: RecordType;
  chosen: string[];
  /** Names joined by commas; undefined for the delivered ones. */
  onChange: (names: string | undefined) => void;
}) {
  const { t } = useTranslation('records');
  const words = useWords();
  const label = (name: string) => words.field(name, type.fields.find((field) => field.name === name)?.label);
  const others = type.fields.filter(
    (field) =>
      !never.includes(field.name) && !chosen.includes(field.name) && field.kind !== 'json' && field.kind !== 'markdown',
  );
  const move = (at: number, by: number) => {
    const next = [...chosen];
    const [name] = next.splice(at, 1);
    next.splice(at + by, 0, name!);
    onChange(next.join(','));
  };
  return (
    <details className="cols-choice">
      <summary className="link">{t('columns')}</summary>
      <div className="cols-pop">
        <p className="s q">{t('col.shown')}</p>
        <ul>
          {chosen.map((name, at) => (
            <li key={name} className="pick-row">
              <label className="check">
                <input
                  type="checkbox"
                  checked
                  disabled={chosen.length === 1}
                  onChange={() => onChange(chosen.filter((one) => one !== name).join(','))}
                />
                {label(name)}
              </label>
              <button
                type="button"
                className="icon-btn up"
                disabled={at === 0}
                aria-label={t('col.up', { name: label(name) })}
                onClick={() => move(at, -1)}
              >
                <Icon name="down" />
              </button>
              <button
                type="button"
                className="icon-btn"
                disabled={at === chosen.length - 1}
                aria-label={t('col.down', { name: label(name) })}
                onClick={() => move(at, 1)}
              >
                <Icon name="down" />
              </button>
            </li>
          ))}
        </ul>
        <p className="s q pick-head">{t('col.other')}</p>
        <ul>
          {others.map((field) => (
            <li key={field.name}>
              <label className="check">
                <input type="checkbox" checked={false} onChange={() => onChange([...chosen, field.name].join(','))} />
                {label(field.name)}
              </label>
            </li>
          ))}
        </ul>
        <button type="button" className="link" onClick={() => onChange(undefined)}>
          {t('col.reset')}
        </button>
      </div>
    </details>
  );
}
