import type { Row } from '../kernel/database';
import type { PastCase, PastLine } from '../kernel/past';
import { services } from './direction';
import type { Known } from './known';
import type { ToldChange, ToldProblem } from './known-causes';

const day = 86_400_000;
const minute = 60_000;

interface Step {
  readonly at: number;
  readonly past: string;
  readonly by: string | null;
  readonly set: Row;
}

/** Steps in their order up to the end, as lines of the past. */
function lives(known: Known, steps: readonly Step[], end: number): PastCase {
  const lines = steps
    .filter(({ at }) => at <= end)
    .map(({ at, past, by, set }): PastLine => {
      const instant = new Date(Math.floor(at / minute) * minute);
      const dated = Object.fromEntries(
        Object.entries(set).map(([name, value]) => [name, value === 'then' ? instant : value]),
      );
      return {
        past,
        at: instant,
        actor_id: by ? known.person(by) : null,
        actor_kind: by ? 'person' : 'rule',
        cause: null,
        set: dated,
      };
    });
  return { lines };
}

const places = (known: Known, one: { service: string; parts: readonly string[] }): Row => ({
  service_id: known.id('service', one.service),
  configuration_item_ids: one.parts.map((part) => known.id('configuration_item', part)),
});

/** Who owns a service and is asked to decide on what touches it. */
const ownersOf = (known: Known, name: string): string[] =>
  services.filter((service) => service.name === name).map(({ owner }) => known.person(owner));

/** A problem from its first suspicion to its end, as far as it has come. */
export function problemLife(known: Known, one: ToldProblem, made: number, over: number | null, end: number): PastCase {
  const lead = { by: one.by };
  // What was over soon was looked into quickly.
  const pace = over === null ? day : Math.min(day, (over - made) / 12);
  const fixed = one.fix ? { change_id: known.id('change', one.fix) } : { supplier_reference: one.supplier };
  const steps: Step[] = [
    {
      ...lead,
      at: made,
      past: 'logged',
      set: {
        state: 'new',
        title: one.title,
        description: one.description,
        department: known.id('department', 'it'),
        origin: one.origin,
        known_error: false,
        reopen_count: 0,
        ...places(known, one),
      },
    },
    {
      ...lead,
      at: made + pace,
      past: 'assessed',
      set: {
        state: 'assessed',
        priority: one.priority,
        assignee_id: known.person(one.by),
        assessed_at: 'then',
      },
    },
    {
      ...lead,
      at: made + 2 * pace,
      past: 'investigated',
      set: { state: 'investigating', analysis_method: 'Timeline and five whys', investigation_started_at: 'then' },
    },
    {
      ...lead,
      at: made + 5 * pace,
      past: 'documented',
      set: {
        state: 'known_error',
        root_cause: one.cause,
        root_cause_at: 'then',
        workaround: one.workaround,
        known_error: true,
        known_error_at: 'then',
      },
    },
  ];
  if (one.fix || one.supplier)
    steps.push({
      ...lead,
      at: made + 8 * pace,
      past: 'fix_started',
      set: { state: 'fix_in_progress', fix_started_at: 'then', ...fixed },
    });
  if (over !== null)
    steps.push(
      {
        ...lead,
        at: over,
        past: 'resolved',
        set: {
          state: 'resolved',
          resolved_at: 'then',
          resolution_note: 'The fix is in place and watched.',
          no_change_reason: one.fix ? null : 'The supplier fixed it.',
        },
      },
      {
        ...lead,
        at: over + 14 * day,
        past: 'closed',
        set: {
          state: 'closed',
          closed_at: 'then',
          known_error: false,
          lessons:
            one.priority === 1 ? 'Try with what people had open before, and a way back that takes minutes.' : null,
        },
      },
    );
  return lives(known, steps, end);
}

/** When each step of a change was taken. */
export interface Times {
  readonly made: number;
  readonly from: number;
  readonly to: number;
  readonly end: number;
  /** The step behind which it has not come; none: all that lies in the past. */
  readonly reached?: string;
}

const order = [
  'draft',
  'submitted',
  'assessing',
  'awaiting_authorization',
  'scheduled',
  'implementing',
  'review',
  'closed',
];

/** A change from its draft to its end, as far as it has come. */
export function changeLife(known: Known, one: ToldChange, times: Times): PastCase {
  const { made, from, to, end } = times;
  const before = Math.min(from, end) - made;
  const share = (part: number) => made + before * part;
  const texts = { implementation_plan: one.plan, test_plan: one.test, backout_plan: one.back };
  const requester = known.person(one.by);
  const approved: Row = { approved_by_id: known.person(one.approver), approved_at: 'then' };
  const standard = one.kind === 'standard';
  const drafted: Step = {
    at: made,
    past: 'drafted',
    by: one.by,
    set: {
      state: 'draft',
      kind: one.kind ?? 'normal',
      title: one.title,
      description: one.description,
      department: known.id('department', 'it'),
      reason: one.reason,
      requester_id: requester,
      assignee_id: requester,
      planned_start: new Date(Math.floor(from / minute) * minute),
      planned_end: new Date(Math.floor(to / minute) * minute),
      ...places(known, one),
      ...texts,
      ...(standard ? { template_id: known.id('change', one.repeats!) } : {}),
    },
  };
  const assessor = one.by === 'Cho Tanaka' ? 'Nuno Carvalho' : 'Cho Tanaka';
  const decided: Step[] = standard
    ? [
        {
          at: share(0.5),
          past: 'scheduled',
          by: one.by,
          set: { state: 'scheduled', scheduled_at: 'then', risk_level: one.risk, ...approved },
        },
      ]
    : [
        {
          at: share(0.15),
          past: 'submitted',
          by: one.by,
          set: { state: 'submitted', submitted_at: 'then', submitted_by_id: requester },
        },
        { at: share(0.25), past: 'assessed', by: assessor, set: { state: 'assessing', assessed_at: 'then' } },
        {
          at: share(0.4),
          past: 'referred',
          by: assessor,
          set: {
            state: 'awaiting_authorization',
            approver_ids: ownersOf(known, one.service).filter((id) => id !== requester),
            risk_level: one.risk,
            impact: one.impact,
            assessment: 'Looked at with those who run it. Nothing else is planned for these components at that time.',
          },
        },
        {
          at: share(0.6),
          past: 'approved',
          by: one.approver,
          set: { state: 'scheduled', scheduled_at: 'then', ...approved },
        },
      ];
  const done: Step[] = [
    { at: from, past: 'implemented', by: one.by, set: { state: 'implementing', actual_start: 'then' } },
    {
      at: from + (to - from) * 0.8,
      past: 'reviewed',
      by: one.by,
      set: { state: 'review', outcome: one.outcome ?? null, actual_end: 'then' },
    },
    {
      at: to + Math.min(2 * day, (to - from) * 2 + minute),
      past: 'closed',
      by: 'Cho Tanaka',
      set: { state: 'closed', closed_at: 'then', review_note: one.review ?? null },
    },
  ];
  const last = times.reached ? order.indexOf(times.reached) : order.length;
  const steps = [drafted, ...decided, ...done].filter(({ set }) => order.indexOf(String(set.state)) <= last);
  return lives(known, steps, end);
}
