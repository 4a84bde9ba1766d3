import { useTranslation } from 'react-i18next';
import type { VerbMeta } from '../../../../web/api/types';
import type { TextTemplate } from '../../../../web/desk/templates';
import { FieldInput } from '../../../../web/kit/field-input';

/** What resolving asks for, where something is solved while it is logged; the note may come from a template. */
export function Solved({
  verb,
  code,
  note,
  errors,
  templates,
  onChange,
}: {
  verb: VerbMeta | undefined;
  code: string;
  note: string;
  errors: Record<string, string>;
  templates: TextTemplate[];
  onChange: (part: { code?: string; note?: string }) => void;
}) {
  const { t } = useTranslation('desk');
  const [codeField, noteField] = ['resolution_code', 'resolution_note'].map((name) =>
    verb?.input.find((field) => field.name === name),
  );
  if (!codeField || !noteField) return null;
  return (
    <div className="solved">
      <FieldInput
        field={codeField}
        value={code}
        error={errors.resolution_code}
        onChange={(value) => onChange({ code: String(value ?? '') })}
      />
      {templates.length ? (
        <select
          className="input"
          aria-label={t('call.template')}
          value=""
          onChange={(event) => {
            const chosen = templates.find((one) => one.number === event.target.value);
            if (chosen) onChange({ note: note ? `${note.trimEnd()}\n\n${chosen.text}` : chosen.text });
          }}
        >
          <option value="">{t('call.template')}</option>
          {templates.map((one) => (
            <option key={one.id} value={one.number}>
              {one.name}
            </option>
          ))}
        </select>
      ) : null}
      <FieldInput
        field={noteField}
        value={note}
        error={errors.resolution_note}
        onChange={(value) => onChange({ note: String(value ?? '') })}
      />
    </div>
  );
}
