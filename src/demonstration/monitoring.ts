import type { Context } from '../kernel/command';
import type { Row } from '../kernel/database';
import { newId } from '../kernel/id';
import { load } from '../kernel/load';
import { type PastCase, performPast } from '../kernel/past';
import { digestOf } from '../practices/operation/monitoring-and-event';
import { outageDay, releaseDay } from './disruptions';
import { found } from './founding';
import { DAY, onDay } from './intake';
import type { World } from './told';

const minute = 60_000;

/** What monitoring noticed: when, of what, how bad, until when, and the incident it became. */
interface Noticed {
  readonly name: string;
  readonly resource: string;
  readonly service: string;
  readonly component: string | null;
  readonly severity: 'critical' | 'major' | 'warning' | 'info';
  readonly summary: string;
  readonly from: number;
  readonly to: number | null;
  readonly incident: string | null;
  /** It was an outage of its service. */
  readonly outage?: boolean;
}

function noticedIn({ span, end }: World): Noticed[] {
  const release = (hour: number, minutes: number) => onDay(releaseDay(span), hour, minutes);
  const trunk = (hour: number, minutes: number) => onDay(outageDay(span), hour, minutes);
  const lately = (days: number, hour: number, minutes: number) => onDay(span.end - days, hour, minutes);
  const site = { resource: 'lb-1', service: 'Ordering website', component: 'lb-1' } as const;
  const gateway = { resource: 'pay-gw-2', service: 'Card payments', component: 'pay-gw-2' } as const;
  return [
    {
      ...site,
      name: 'BasketsLost',
      severity: 'critical',
      summary: '41 % of the baskets are lost at the checkout.',
      from: release(18, 48),
      to: release(21, 50),
      incident: 'release',
    },
    {
      name: 'TrunkDown',
      resource: 'voice-trunk',
      service: 'Telephony',
      component: 'voice-trunk',
      severity: 'critical',
      summary: 'No call comes in.',
      from: trunk(14, 11),
      to: trunk(16, 48),
      incident: 'trunk',
    },
    {
      ...site,
      name: 'SiteUnreachable',
      severity: 'critical',
      summary: 'Three of three checks from outside fail.',
      from: lately(9, 23, 12),
      to: lately(9, 23, 26),
      incident: null,
      outage: true,
    },
    {
      ...site,
      name: 'SlowCheckout',
      severity: 'warning',
      summary: 'The checkout takes 4.2 s, usual is 0.8 s.',
      from: lately(3, 19, 40),
      to: lately(3, 20, 5),
      incident: null,
    },
    {
      ...gateway,
      name: 'CertificateEndsSoon',
      severity: 'info',
      summary: 'The certificate ends in 14 days.',
      from: lately(12, 6, 0),
      to: end - 115 * minute,
      incident: null,
    },
    {
      ...gateway,
      name: 'PaymentsRefused',
      severity: 'critical',
      summary: '212 payments refused, none accepted.',
      from: end - 71 * minute,
      to: null,
      incident: 'cards',
    },
  ];
}

/** The programs that watch over the house, and what they have told of. */
export async function tellMonitoring(context: Context, world: World): Promise<void> {
  const { known, span } = world;
  const begun = new Date(onDay(span.first, 9) - 9 * DAY);
  const shared = {
    owner_id: known.person('Ada Rossi'),
    department: known.id('department', 'it'),
    on_recovery: 'resolve',
    opens_from: 'warning',
    reopen_minutes: 60,
    heartbeats: ['Watchdog'],
    heartbeat_minutes: null,
  };
  await found(context, known, 'alert_source', [
    {
      name: 'Alertmanager',
      at: begun,
      by: 'Ada Rossi',
      set: {
        ...shared,
        name: 'Alertmanager',
        description: 'Watches websites, gateways and lines. A critical alert on the website is an outage.',
        key: 'alertmanager',
        form: 'alertmanager',
      },
    },
    {
      name: 'Cold rooms',
      at: begun,
      by: 'Ada Rossi',
      set: {
        ...shared,
        name: 'Cold rooms',
        description: 'Thermometers of the cold rooms report every minute; too warm is an alert.',
        key: 'cold-rooms',
        form: 'mapped',
        on_recovery: 'propose',
        heartbeats: [],
        mapping: {
          each: 'body.rooms',
          name: '"Cold room too warm"',
          resource: 'alert.room',
          state: 'alert.celsius > 7.0 ? "firing" : "ok"',
          severity: 'alert.celsius > 10.0 ? "critical" : "warning"',
          fingerprint: 'alert.room',
          summary: '"It is " + string(alert.celsius) + " degrees."',
        },
      },
    },
  ]);
  const source = known.id('alert_source', 'Alertmanager');
  const noticed = noticedIn(world).filter(({ from }) => from < world.end);
  const alerts = await performPast(
    context,
    context.house.types.get('alert')!,
    noticed.map((one) => lifeOf(world, source, one)),
  );
  await performPast(context, context.house.types.get('outage')!, outagesOf(world, noticed, alerts));
  await proposeMajor(context, world);
}

const byRule = { actor_id: null, actor_kind: 'rule' as const, cause: null };

function lifeOf(world: World, source: string, one: Noticed): PastCase {
  const group = `{}:{alertname="${one.name}", service="${one.service}"}`;
  const fingerprint = digestOf(one.name, one.resource).slice(0, 16);
  const recovered = one.to !== null && one.to <= world.end ? new Date(one.to) : null;
  const set: Row = {
    title: `${one.name}: ${one.resource}`,
    severity: one.severity,
    summary: one.summary,
    resource: one.resource,
    service_id: world.known.id('service', one.service),
    configuration_item_id: one.component && world.known.id('configuration_item', one.component),
    source_id: source,
    department: world.known.id('department', 'it'),
    started_at: new Date(one.from),
    group_key: group,
    group_digest: digestOf(source, group),
    fingerprint,
    labels: { alertname: one.name, instance: one.resource, service: one.service, severity: one.severity },
    key: digestOf(source, group, fingerprint),
    state: 'firing',
    fire_count: 1,
    incident_id: one.incident && world.known.id('incident', one.incident),
  };
  return {
    lines: [
      { ...byRule, past: 'fired', at: new Date(one.from + 20_000), set },
      ...(recovered
        ? [{ ...byRule, past: 'recovered', at: recovered, set: { state: 'recovered', recovered_at: recovered } }]
        : []),
    ],
  };
}

interface Away {
  readonly service: string;
  readonly name: string;
  readonly cause: string;
  readonly from: number;
  readonly to: number;
  readonly message: string | null;
}

/** What services were without, from the two major incidents and the alert that was bad enough. */
function outagesOf({ known, span }: World, noticed: readonly Noticed[], alerts: readonly Row[]): PastCase[] {
  const day = releaseDay(span);
  const trunk = outageDay(span);
  const major: Away[] = [
    {
      service: 'Ordering website',
      name: 'Ordering website',
      cause: known.id('incident', 'release'),
      from: onDay(day, 18, 40),
      to: onDay(day, 21, 52),
      message: 'The website loses baskets. Please take orders by telephone until the release is taken back.',
    },
    {
      service: 'Telephony',
      name: 'Telephony',
      cause: known.id('incident', 'trunk'),
      from: onDay(trunk, 14, 11),
      to: onDay(trunk, 16, 47),
      message: 'No call comes in or goes out. Please use mobile phones; the supplier brings a new card.',
    },
  ];
  const byAlert = noticed.flatMap((one, at): Away[] =>
    one.outage && one.to !== null
      ? [
          {
            service: one.service,
            name: one.service,
            cause: String(alerts[at]!.id),
            from: one.from,
            to: one.to,
            message: null,
          },
        ]
      : [],
  );
  return [...major, ...byAlert].map((one) => ({
    lines: [
      {
        ...byRule,
        past: 'opened',
        at: new Date(one.from),
        set: {
          name: one.name,
          service_id: known.id('service', one.service),
          cause_id: one.cause,
          department: known.id('department', 'it'),
          message: one.message,
          started_at: new Date(one.from),
          state: 'ongoing',
        },
      },
      { ...byRule, past: 'ended', at: new Date(one.to), set: { state: 'ended', ended_at: new Date(one.to) } },
    ],
  }));
}

/** The reports of today look like one; nobody has said so yet. */
async function proposeMajor(context: Context, { known, end }: World): Promise<void> {
  const related = [1, 2, 3, 4, 5, 6].map((place) => known.id('incident', `cards-${place}`));
  const type = context.house.types.get('incident')!;
  const [record] = await load(context, type, [known.id('incident', 'cards')]);
  const at = new Date(end - 4 * minute);
  const reason = `${related.length + 1} reports within 70 minutes concern the same component.`;
  await performPast(context, type, [
    {
      record: record!,
      lines: [
        {
          ...byRule,
          past: 'proposed',
          at,
          internal: true,
          set: {},
          remember: { proposal: reason },
          why: { rule: 'Three similar reports within 15 minutes propose a major incident.', alike: 'component' },
        },
      ],
      children: [
        { table: 'incident_proposal', insert: { id: newId(context.now), kind: 'major', reason, related, at } },
      ],
    },
  ]);
}
