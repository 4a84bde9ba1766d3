import './change.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useType, useTypes } from '../../../../web/api/queries';
import { Skeleton } from '../../../../web/kit/states';
import { RecordTable } from '../../../../web/screens/records/list';
import { Missing } from '../../../../web/shell/missing';

/** All changes, and the way to their calendar. */
export function Changes() {
  const { t } = useTranslation('causes');
  const types = useTypes();
  const type = useType('changes');
  if (!types.data) return <Skeleton />;
  if (!type) return <Missing />;
  return (
    <RecordTable
      type={type}
      head={
        <p className="change-views">
          <Link to="/changes/calendar" className="link">
            {t('calendar')}
          </Link>
        </p>
      }
    />
  );
}
