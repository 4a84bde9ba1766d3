import './field.css';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { HealthStop } from './glyphs';

/** Label above, sentence below. The control gets the ids that tie them together. */
export function Field({
  label,
  hint,
  error,
  required,
  children,
}: {
  label: string;
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  children: (ids: {
    id: string;
    'aria-describedby'?: string;
    'aria-invalid'?: boolean;
    'aria-required'?: boolean;
  }) => ReactNode;
}) {
  const { t } = useTranslation('kit');
  const id = useId();
  const below = error || hint ? `${id}-b` : undefined;
  return (
    <div className={error ? 'field bad' : 'field'}>
      <label htmlFor={id}>
        {label}
        {required ? <span className="q"> {t('required')}</span> : null}
      </label>
      {children({ id, 'aria-describedby': below, 'aria-invalid': error ? true : undefined, 'aria-required': required })}
      {error ? (
        <p className="err" id={below}>
          <HealthStop mark="broken" />
          {error}
        </p>
      ) : hint ? (
        <p className="s q" id={below}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
