import { useParams } from '@tanstack/react-router';
import { useType, useTypes } from '../../api/queries';
import { Skeleton } from '../../kit/states';
import { Missing } from '../../shell/missing';
import { RecordView, type RecordViewProps } from './page';

/** The page of one kind of record, by the number in the address; nothing is here while that kind is switched off. */
export function RecordAt({ plural, ...view }: { plural: string } & Omit<RecordViewProps, 'type' | 'number'>) {
  const { number = '' } = useParams({ strict: false }) as { number?: string };
  const types = useTypes();
  const type = useType(plural);
  if (!types.data) return <Skeleton />;
  return type ? <RecordView type={type} number={number} key={number} {...view} /> : <Missing />;
}
