import { useTranslation } from 'react-i18next';

/** What shall be done with the answer, in the same step: nothing, or one of these verbs. */
export function Then({
  verbs,
  value,
  onChange,
}: {
  verbs: readonly { id: string; label: string }[];
  value: string;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation('incident');
  return (
    <label>
      {t('then')}{' '}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('then_nothing')}</option>
        {verbs.map((verb) => (
          <option key={verb.id} value={verb.id}>
            {verb.label}
          </option>
        ))}
      </select>
    </label>
  );
}
