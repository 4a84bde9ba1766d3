import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useTypes } from '../api/queries';
import type { FieldMeta } from '../api/types';
import { useWords } from '../words/use-words';
import { Field } from './field';
import { choicesOf, type Draft, keptAs, readAs, shapeOf } from './field-value';
import { type Picked, RefPicker, RefsPicker } from './ref-picker';

/** One field of any record or verb, drawn from what the server says about it. */
export function FieldInput({
  field,
  value,
  onChange,
  error,
  hint,
  label,
}: {
  field: FieldMeta;
  value: Draft;
  onChange: (value: Draft) => void;
  error?: string;
  hint?: string;
  label?: string;
}) {
  const { t } = useTranslation('kit');
  const words = useWords();
  const types = useTypes();
  const shape = shapeOf(field);
  const name = label ?? words.field(field.name, field.label);
  const id = useId();
  const described = error || hint ? `${id}-b` : undefined;
  const below = described ? (
    <p className={error ? 'err' : 's q'} id={described}>
      {error ?? hint}
    </p>
  ) : null;
  if (shape === 'boolean') {
    return (
      <div className={error ? 'field bad' : 'field'}>
        <label className="check">
          <input
            type="checkbox"
            checked={Boolean(value)}
            aria-describedby={described}
            onChange={(event) => onChange(event.target.checked)}
          />
          {name}
        </label>
        {below}
      </div>
    );
  }
  const text = typeof value === 'string' ? value : '';
  if (shape === 'choices' && field.choices?.length) {
    const chosen = text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean);
    const all = choicesOf(field);
    return (
      <fieldset className={error ? 'field bad' : 'field'} aria-describedby={described}>
        <legend>{name}</legend>
        <div className="check-set">
          {all.map((one) => (
            <label key={one.value} className="check">
              <input
                type="checkbox"
                checked={chosen.includes(one.value)}
                onChange={(event) =>
                  onChange(
                    all
                      .map((each) => each.value)
                      .filter((each) => (each === one.value ? event.target.checked : chosen.includes(each)))
                      .join(', '),
                  )
                }
              />
              {field.name === 'states'
                ? words.state(one.value)
                : words.choice(field.name.replace(/^tell_/, ''), one.value, one.label)}
            </label>
          ))}
        </div>
        {below}
      </fieldset>
    );
  }
  const to = field.kind === 'person' ? 'person' : ([field.to].flat()[0] ?? '');
  const plural = types.data?.find((type) => type.type === to || type.plural === to)?.plural ?? to;
  return (
    <Field label={name} error={error} hint={hint} required={field.required}>
      {(ids) => {
        if (shape === 'ref')
          return <RefPicker plural={plural} value={value as Picked | null} onChange={onChange} ids={ids} />;
        if (shape === 'refs')
          return <RefsPicker plural={plural} value={(value as Picked[]) ?? []} onChange={onChange} ids={ids} />;
        if (field.name === 'record_type') {
          return (
            <select {...ids} className="input" value={text} onChange={(event) => onChange(event.target.value)}>
              <option value="">{t('pick.none')}</option>
              {types.data?.map((type) => (
                <option key={type.type} value={type.type}>
                  {words.plural(type.type, type.labels ?? type.label)}
                </option>
              ))}
            </select>
          );
        }
        if (shape === 'choice') {
          return (
            <select {...ids} className="input" value={text} onChange={(event) => onChange(event.target.value)}>
              <option value="">{t('pick.none')}</option>
              {choicesOf(field).map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {words.choice(field.name, choice.value, choice.label)}
                </option>
              ))}
            </select>
          );
        }
        if (shape === 'long' || shape === 'json') {
          return (
            <textarea
              {...ids}
              className={shape === 'json' || field.name === 'condition' ? 'input mono' : 'input'}
              rows={shape === 'json' ? 6 : 4}
              value={text}
              spellCheck={field.name !== 'condition'}
              onChange={(event) => onChange(event.target.value)}
            />
          );
        }
        const type =
          shape === 'date'
            ? 'date'
            : shape === 'instant'
              ? 'datetime-local'
              : field.name === 'email'
                ? 'email'
                : 'text';
        const offered = type === 'text' ? words.choices(field.name) : [];
        return (
          <>
            <input
              {...ids}
              className="input"
              type={type}
              inputMode={shape === 'number' ? 'decimal' : undefined}
              value={readAs(offered, text)}
              onChange={(event) => onChange(keptAs(offered, event.target.value))}
              autoComplete="off"
              list={offered.length ? `${ids.id}-offered` : undefined}
            />
            {offered.length ? (
              <datalist id={`${ids.id}-offered`}>
                {offered.map(([value, name]) => (
                  <option key={value} value={name} />
                ))}
              </datalist>
            ) : null}
          </>
        );
      }}
    </Field>
  );
}
