import type { Ref } from '../api/types';

/** Booked time, as the server answers it. */
export interface Entry {
  id: string;
  minutes: number;
  what: string | null;
  person: Ref | null;
  at: string;
}
