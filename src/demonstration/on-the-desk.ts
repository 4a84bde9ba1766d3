/** Something that lies on the desk, told by how much of its promise is left. */
export interface OnTheDesk {
  readonly title: string;
  readonly text: string;
  readonly service: string;
  readonly category: string;
  readonly sub: string;
  readonly scores: readonly [number, number];
  readonly by: string;
  readonly for?: string;
  readonly point?: number;
  readonly part?: string;
  readonly channel?: string;
  readonly team: string;
  /** Who has it; nobody yet when left out. */
  readonly hand?: string;
  readonly state: 'new' | 'assigned' | 'in_progress' | 'on_hold' | 'resolved';
  /** Came in so many days ago and was soon put on hold: then nothing is left to count. */
  readonly age?: number;
  /** Working time until its promise ends; below 0 it has ended. */
  readonly left: number;
  readonly from?: string;
  readonly asks?: string;
  readonly answers?: string;
  readonly note?: string;
  readonly wait?: { readonly reason: string; readonly until: number | null; readonly says: string };
  readonly fix?: readonly [code: string, note: string, ago: number];
  readonly tags?: readonly string[];
  readonly problem?: string;
}
