import type { ReactNode } from 'react';
import type { RecordRow } from '../api/types';
import { DepartmentOfWords } from './own-words';
import { refOf } from './record';

/** What is drawn of one record is said in the words of its department. */
export function InWordsOf({ record, children }: { record: RecordRow | undefined; children: ReactNode }) {
  return <DepartmentOfWords value={refOf(record, 'department')?.id}>{children}</DepartmentOfWords>;
}
