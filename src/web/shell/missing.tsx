import { useTranslation } from 'react-i18next';
import { EmptyState, Refusal } from '../kit/states';

/** An address that leads nowhere, or to something this person may not see: the same answer. */
export function Missing() {
  const { t } = useTranslation('shell');
  return (
    <EmptyState
      page
      title={t('missing.title')}
      action={
        <a className="btn" href="/">
          {t('missing.home')}
        </a>
      }
    >
      {t('missing.text')}
    </EmptyState>
  );
}

/** A screen that broke: its sentence, and a way on. */
export function Wrong({ error }: { error: unknown }) {
  const { t } = useTranslation('shell');
  return (
    <div className="pane">
      <Refusal title={t('wrong.title')} error={error}>
        <p>
          <a className="link" href={location.href}>
            {t('wrong.again')}
          </a>
        </p>
      </Refusal>
    </div>
  );
}
