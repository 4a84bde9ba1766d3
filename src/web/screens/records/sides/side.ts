import type { RecordRow } from '../../../api/types';

/** What stands under the fields of a few kinds of record, because they can do more than be kept. */
export interface Side {
  record: RecordRow;
}
