/** What an import did. `read` is the sum of the others; refused lines are named by their number in the file. */
export interface Outcome {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: { line: number; reason: string }[];
  /** The source's own figures beside ours. */
  reconcile: { what: string; rows: number; equal: number }[];
}

export function nothingYet(): Outcome {
  return { read: 0, created: 0, updated: 0, unchanged: 0, refused: [], reconcile: [] };
}

/** Told while an import runs. */
export type Progress = (outcome: Outcome) => void;
