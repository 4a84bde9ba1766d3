import './editors.css';
import { useTranslation } from 'react-i18next';
import { useType } from '../../../api/queries';
import { FieldInput } from '../../../kit/field-input';
import { type Draft, draftOf, sentOf } from '../../../kit/field-value';
import { Icon } from '../../../kit/glyphs';
import { useWords } from '../../../words/use-words';
import type { EditorProps } from './editor';

/** Values for the organisation's own fields of an incident: choose a field, give its value. */
export default function OwnFieldsEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const incident = useType('incidents');
  const own = (incident?.fields ?? []).filter((field) => field.name.startsWith('x_'));
  const set = (value && typeof value === 'object' ? value : {}) as Record<string, unknown>;
  const put = (name: string, one: unknown) => onChange({ ...set, [name]: one });
  const take = (name: string) => onChange(Object.fromEntries(Object.entries(set).filter(([key]) => key !== name)));
  const free = own.filter((field) => !(field.name in set));
  if (own.length === 0) return <p className="q2">{t('own_none')}</p>;
  return (
    <div className="ed-rows">
      {own
        .filter((field) => field.name in set)
        .map((field) => (
          <div key={field.name} className="point-row">
            <FieldInput
              field={{ ...field, required: false }}
              value={draftOf(field, { [field.name]: set[field.name] } as never)}
              onChange={(draft: Draft) => put(field.name, sentOf(field, draft))}
            />
            <button
              type="button"
              className="icon-btn"
              aria-label={t('own_remove', { name: words.field(field.name, field.label) })}
              onClick={() => take(field.name)}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
      {free.length > 0 ? (
        <select
          className="input"
          aria-label={t('own_add')}
          value=""
          onChange={(event) => {
            const field = free.find(({ name }) => name === event.target.value);
            if (field) put(field.name, field.kind === 'boolean' ? true : null);
          }}
        >
          <option value="">{t('own_add')}</option>
          {free.map((field) => (
            <option key={field.name} value={field.name}>
              {words.field(field.name, field.label)}
            </option>
          ))}
        </select>
      ) : null}
    </div>
  );
}
