import type { Row } from '../kernel/database';
import type { Cause } from '../kernel/history';
import { newId } from '../kernel/id';
import type { PastCase, PastLine } from '../kernel/past';
import { wakesOf } from '../practices/operation/incident';
import type { Known } from './known';

/** Who did it: somebody by name, or the product itself. */
export type By = { readonly name: string } | 'rule' | 'timer' | 'import';

/** Tells the life of one incident, step by step; a step that lies after the end of the history has not happened. */
export interface Life {
  readonly over: boolean;
  readonly state: string;
  readonly at: number;
  readonly resolvedAt: number;
  readonly solution: string;
  log(at: number, by: By, set: Row, why?: unknown): void;
  assign(at: number, by: By, to: { team?: string; person?: string | null }, reason?: string): void;
  start(at: number, by: string): void;
  comment(at: number, by: string, side: 'team' | 'requester', text: string): void;
  note(at: number, by: string, text: string): void;
  hold(at: number, by: string, reason: string, until?: number | null): void;
  resume(at: number, by: By): void;
  resolve(at: number, by: string, code: string, note: string): void;
  reopen(at: number, by: string, reason: string): void;
  close(at: number, by: By): void;
  cancel(at: number, by: string, reason: string): void;
  merge(at: number, by: string, into: string): void;
  edit(at: number, by: string, set: Row): void;
  watch(at: number, by: string, who: string): void;
  link(at: number, by: string, kind: string, to: string): void;
  attach(
    at: number,
    by: string,
    file: { id: string; name: string; media_type: string; size: number; sha256: string },
    internal: boolean,
  ): void;
  told(): PastCase;
}

/** The product's own words for what it does by itself. */
const confirmOver: Cause = { timer: 'the time to confirm is over' };
const holdEnds: Cause = { timer: 'the hold ends' };
const notHeld = { hold_reason: null, hold_until: null };

/** `now` is the instant at which it is told, `end` that at which the history ends. */
export function beginLife(known: Known, end: number, now: Date): Life {
  const lines: PastLine[] = [];
  const children: { table: string; insert: Row }[] = [];
  const row: Row = {};
  let last = 0;
  let over = false;

  const add = (past: string, at: number, by: By, set: Row, more: Partial<PastLine> = {}): Date | null => {
    // Two things never happen in the same second.
    const when = Math.max(Math.round(at / 1000) * 1000, last + 1000);
    if (over || when > end) {
      over = true;
      return null;
    }
    last = when;
    Object.assign(row, set);
    const person = typeof by === 'object';
    lines.push({
      past,
      at: new Date(when),
      actor_id: person ? known.person(by.name) : null,
      actor_kind: person ? 'person' : by,
      cause: null,
      set,
      ...more,
    });
    return new Date(when);
  };
  const say = (kind: 'comment' | 'note', at: number, by: string, from: 'team' | 'requester', text: string) => {
    const id = newId(now);
    const internal = kind === 'note';
    const when = add(
      internal ? 'noted' : 'commented',
      at,
      { name: by },
      {},
      { internal, remember: { comment: { id, text, from } } },
    );
    if (when)
      children.push({
        table: 'comment',
        insert: { id, kind, text, author_id: known.person(by), author_kind: 'person', at: when },
      });
  };
  const noticed = (at: number, by: By): Row =>
    row.acknowledged_at == null && typeof by === 'object'
      ? { acknowledged_at: new Date(Math.max(Math.round(at / 1000) * 1000, last + 1000)) }
      : {};
  const working = () => (row.assignee_id ? 'in_progress' : 'assigned');

  return {
    get over() {
      return over;
    },
    get state() {
      return String(row.state);
    },
    get at() {
      return last;
    },
    get solution() {
      return String(row.resolution_note ?? '');
    },
    get resolvedAt() {
      return row.resolved_at instanceof Date ? row.resolved_at.getTime() : 0;
    },
    log: (at, by, set, why) => {
      const assigned = set.team_id != null || set.assignee_id != null;
      add(
        'logged',
        at,
        by,
        { state: assigned ? 'assigned' : 'new', reopen_count: 0, reassignment_count: 0, major: false, ...set },
        { why },
      );
    },
    assign: (at, by, { team, person }, reason) => {
      const target = team ? known.id('team', team) : (row.team_id as string | null);
      const moved = row.team_id != null && target !== row.team_id;
      const assignee =
        person === undefined ? (moved ? null : row.assignee_id) : person === null ? null : known.person(person);
      add(
        'assigned',
        at,
        by,
        {
          team_id: target,
          assignee_id: assignee ?? null,
          state: row.state === 'on_hold' ? 'on_hold' : 'assigned',
          reassignment_count: Number(row.reassignment_count) + (moved ? 1 : 0),
          ...noticed(at, by),
        },
        { remember: reason ? { reason } : undefined },
      );
    },
    start: (at, by) => {
      add(
        'started',
        at,
        { name: by },
        { state: 'in_progress', assignee_id: known.person(by), ...noticed(at, { name: by }) },
      );
    },
    comment: (at, by, side, text) => say('comment', at, by, side, text),
    note: (at, by, text) => say('note', at, by, 'team', text),
    hold: (at, by, reason, until) => {
      add(
        'held',
        at,
        { name: by },
        { state: 'on_hold', hold_reason: reason, hold_until: until ? new Date(until) : null },
      );
    },
    resume: (at, by) => {
      add('resumed', at, by, { state: working(), ...notHeld }, by === 'timer' ? { cause: holdEnds } : {});
    },
    resolve: (at, by, code, note) => {
      const when = Math.max(Math.round(at / 1000) * 1000, last + 1000);
      add(
        'resolved',
        at,
        { name: by },
        { state: 'resolved', resolved_at: new Date(when), resolution_code: code, resolution_note: note, ...notHeld },
      );
    },
    reopen: (at, by, reason) => {
      add(
        'reopened',
        at,
        { name: by },
        { state: working(), resolved_at: null, closed_at: null, reopen_count: Number(row.reopen_count) + 1 },
        { remember: { reason } },
      );
    },
    close: (at, by) => {
      const when = Math.max(Math.round(at / 1000) * 1000, last + 1000);
      add(
        'closed',
        at,
        by,
        { state: 'closed', closed_at: new Date(when) },
        by === 'timer' ? { cause: confirmOver } : {},
      );
    },
    cancel: (at, by, reason) => {
      const when = Math.max(Math.round(at / 1000) * 1000, last + 1000);
      add(
        'cancelled',
        at,
        { name: by },
        { state: 'cancelled', cancelled_at: new Date(when), ...notHeld },
        { remember: { reason } },
      );
    },
    merge: (at, by, into) => {
      const when = Math.max(Math.round(at / 1000) * 1000, last + 1000);
      add(
        'merged',
        at,
        { name: by },
        {
          state: 'closed',
          closed_at: new Date(when),
          resolution_code: 'duplicate',
          merged_into_id: into,
          ...notHeld,
        },
      );
    },
    edit: (at, by, set) => {
      add('edited', at, { name: by }, set);
    },
    watch: (at, by, who) => {
      const id = newId(now);
      const when = add('watched', at, { name: by }, {}, { remember: { watcher: { id, person: known.person(who) } } });
      if (when) children.push({ table: 'watcher', insert: { id, person_id: known.person(who), at: when } });
    },
    link: (at, by, kind, to) => {
      const id = newId(now);
      const when = add('linked', at, { name: by }, {}, { remember: { link: { id, kind, to } } });
      if (when)
        children.push({ table: 'link', insert: { id, kind, to_id: to, author_id: known.person(by), at: when } });
    },
    attach: (at, by, file, internal) => {
      const { id, name, sha256 } = file;
      const when = add('attached', at, { name: by }, {}, { internal, remember: { attachment: { id, name, sha256 } } });
      if (when)
        children.push({ table: 'attachment', insert: { ...file, internal, author_id: known.person(by), at: when } });
    },
    told: () => ({ lines, children, wake: wakesOf(row) }),
  };
}
