import { besides } from '../../../commons/keeping/life';
import { keptFields } from '../../../commons/keeping/verbs';
import { staff } from '../../../commons/people';
import { type Row, sql } from '../../../kernel/database';
import { lifecycle } from '../../../kernel/lifecycle';
import { both, type Relation } from '../../../kernel/policy';
import { type RecordType, record } from '../../../kernel/record';
import {
  type AgreementContent,
  escalations,
  type KeptCase,
  keptCases,
  type Match,
  match,
  type Promised,
  promises,
} from './agreement.contract';

const states = { draft: 'open', published: 'open', retired: 'final' } as const;

const life = lifecycle({
  initial: 'draft',
  states,
  verbs: {
    edit: [
      { from: ['draft'], to: '=' },
      { from: ['published'], to: ['published', 'draft'] },
    ],
    publish: { from: ['draft'], to: 'published' },
    discard: { from: ['draft'], to: 'published' },
    accept: { from: ['draft', 'published'], to: '=' },
    retire: { from: ['draft', 'published'], to: 'retired' },
    ...besides(states),
  },
});

const kept = { writable: false } as const;

/** An agreement for a confidential department stands behind its wall. */
const outsideWallOfMatch: Relation = {
  name: 'no wall between, by what it holds for',
  because: 'the department it holds for is not confidential',
  holds: (row, actor) => !actor.walledOff.includes((row.match as Match | null | undefined)?.department ?? ''),
  where: (actor) =>
    actor.walledOff.length === 0
      ? true
      : sql`r.id <> all(array(select id from agreement where match ->> 'department' = any(${[...actor.walledOff]}::text[])))`,
};

/** What two parties agreed on: for which records which service levels hold. Drafted, published, revised, retired. */
export const agreement: RecordType = record({
  type: 'agreement',
  plural: 'agreements',
  prefix: 'SLA',
  table: 'agreement',
  label: 'Agreement',
  labels: 'Agreements',
  life,
  sees: [both(staff, outsideWallOfMatch)],
  team: [staff],
  standardSort: 'name',
  knownBy: [],
  fields: {
    ...keptFields,
    calendar_id: { kind: 'reference', label: 'Calendar', to: 'calendar', required: true },
    match: {
      kind: 'json',
      label: 'Holds for',
      shape: match,
      standard: {},
      inside: { service_id: 'service', department: 'department', organization_id: 'organization' },
    },
    targets: {
      kind: 'json',
      label: 'Targets',
      shape: promises,
      required: true,
      inside: { '*.team_id': 'team' },
    },
    pause_states: { kind: 'texts', label: 'States that pause' },
    pause_targets: { kind: 'texts', label: 'Targets that pause', help: 'All of them when none is named.' },
    warn_share: {
      kind: 'number',
      label: 'Warn after this share',
      min: 0,
      max: 1,
      standard: 0.75,
      help: 'A part of the target from 0 to 1; 0 warns of nothing.',
    },
    escalations: {
      kind: 'json',
      label: 'Escalation',
      shape: escalations,
      inside: { '*.person_id': 'person', '*.calendar_id': 'calendar' },
    },
    effective_on: { kind: 'date', label: 'In force from', required: true },
    valid_until: { kind: 'date', label: 'In force until' },
    review_on: { kind: 'date', label: 'Next review' },
    parties: { kind: 'references', label: 'Parties', to: ['person', 'organization'] },
    accepted_by_id: { kind: 'reference', label: 'Accepted by', to: 'person', ...kept },
    accepted_at: { kind: 'instant', label: 'Accepted', ...kept },
    agreement_version: { kind: 'integer', label: 'Version of the agreement', ...kept },
    published_version: { kind: 'integer', label: 'Version in force', ...kept },
    published_at: { kind: 'instant', label: 'Published', ...kept },
    retired_at: { kind: 'instant', label: 'Retired', ...kept },
    cases: { kind: 'json', label: 'Cases that prove it', shape: keptCases },
  },
});

export const contentFields = [
  'name',
  'calendar_id',
  'match',
  'targets',
  'pause_states',
  'pause_targets',
  'warn_share',
  'escalations',
  'effective_on',
  'valid_until',
  'review_on',
  'parties',
] as const;

/** The content a row of the table holds, whether published or still a draft. */
export function contentOf(row: Row): AgreementContent {
  const list = (name: string) => (row[name] ?? []) as never[];
  return {
    name: String(row.title),
    calendar_id: String(row.calendar_id),
    match: row.match as Match,
    targets: row.targets as Promised[],
    pause_states: list('pause_states'),
    pause_targets: list('pause_targets'),
    warn_share: (row.warn_share as number | null) ?? null,
    escalations: list('escalations'),
    effective_on: String(row.effective_on),
    valid_until: (row.valid_until as string | null) ?? null,
    review_on: (row.review_on as string | null) ?? null,
    parties: list('parties'),
  };
}

export const casesOf = (row: Row): readonly KeptCase[] => (row.cases as KeptCase[] | null) ?? [];
