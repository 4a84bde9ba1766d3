import { useType, useTypes } from '../../../../web/api/queries';
import { Skeleton } from '../../../../web/kit/states';
import { RecordTable } from '../../../../web/screens/records/list';
import { Missing } from '../../../../web/shell/missing';

/** All services with their owners and how critical they are. */
export function Services() {
  const types = useTypes();
  const type = useType('services');
  if (!types.data) return <Skeleton />;
  return type ? <RecordTable type={type} /> : <Missing />;
}
