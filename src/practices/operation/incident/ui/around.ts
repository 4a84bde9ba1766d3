import { usePart } from '../../../../web/api/queries';
import type { Health } from '../../../../web/api/types';

/** A record as the context names it. */
export interface Brief {
  type: string;
  id: string;
  number: string;
  name: string;
  state: string;
}

export interface Why {
  rule: string;
  inputs: Record<string, unknown>;
  alternatives: Record<string, unknown>;
}

export interface NearChange extends Brief {
  outcome: string | null;
  planned_start: string | null;
  actual_start: string | null;
  why: { near: string[]; hours_before: number | null };
}

export interface Alike extends Brief {
  opened_at: string;
  resolution_code: string | null;
  resolution_note: string | null;
  why: { words: string[]; same: string[]; score: number };
}

export interface KnownError extends Brief {
  known_error: boolean;
  root_cause: string | null;
  workaround: string | null;
  why: { near: string[] };
}

/** What stands around an incident, as `GET /incidents/{number}/context` answers it. */
export interface Around {
  requester: {
    person: { number: string; name: string };
    email: string | null;
    location: string | null;
    language: string | null;
    time_zone: string | null;
    absent: { from: string; until: string | null; delegate: Brief | null } | null;
    devices: (Brief & { class: string | null })[];
    open: { items: Brief[]; total: number };
  } | null;
  /** This, the promise and the goals are not there while their practice is switched off. */
  service?: { number: string; name: string; health: Health; stake: string | null } | null;
  assignment: { sentence: string; why: Why } | null;
  handed: {
    at: string;
    by: string | null;
    from: string | null;
    reason: string | null;
    notes: { at: string; by: string | null; text: string }[];
  } | null;
  promise?: {
    agreement: { number: string; name: string };
    targets: { target: string; state: string; due_at: string | null; breached: boolean }[];
  } | null;
  changes: { recent: NearChange[]; planned: NearChange[]; why: Why };
  similar: { open: Alike[]; solved: Alike[]; why: Why };
  known_errors: { items: KnownError[]; why: Why };
  goals?: { number: string; name: string; health: Health; weight: number }[];
  affected: {
    items: (Brief & { why: { near: string[] } })[];
    total: number;
    people: number;
    children: { items: Brief[]; total: number };
    why: Why;
  };
}

/** Asked for once for the whole panel. */
export const useAround = (number: string) => usePart<Around>('incidents', number, 'context');
