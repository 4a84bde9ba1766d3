import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useType, useTypes } from '../../api/queries';
import type { RecordType } from '../../api/types';
import { Skeleton } from '../../kit/states';
import { Missing } from '../../shell/missing';

/** The page of one kind of record, by the number in the address; nothing is here while that kind is switched off. */
export function RecordAt({
  plural,
  children,
}: {
  plural: string;
  children: (type: RecordType, number: string) => ReactNode;
}) {
  const { number = '' } = useParams({ strict: false }) as { number?: string };
  const types = useTypes();
  const type = useType(plural);
  if (!types.data) return <Skeleton />;
  return type ? children(type, number) : <Missing />;
}
