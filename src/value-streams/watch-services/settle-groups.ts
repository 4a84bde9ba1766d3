import type { Context } from '../../kernel/command';
import { say } from '../../kernel/sentence.contract';
import { ongoing, servicesBy } from '../../practices/operation/availability';
import {
  atLeast,
  type GroupIncident,
  incidentsOfGroups,
  scores,
  worstOf,
} from '../../practices/operation/monitoring-and-event';
import { act, type Group, idOf, type Told, under } from './as-source';
import { outagesOver } from './outages-over';

/** What the alerts of a group have to say, one line each. */
const linesOf = (told: readonly Told[]) =>
  told
    .slice(0, 50)
    .map(
      ({ notice }) =>
        `- ${[notice.name, notice.resource].filter(Boolean).join(' on ')}: ${notice.summary ?? notice.severity}`,
    )
    .join('\n');

const isOpen = (incident: GroupIncident) => ['open', 'paused'].includes(incident.state_category);

/** Was it resolved so lately that what fires again is the same trouble? */
const isFresh = (context: Context, incident: GroupIncident, minutes: number) =>
  incident.state_category === 'stopped' &&
  incident.resolved_at !== null &&
  context.now.getTime() - incident.resolved_at.getTime() <= minutes * 60_000;

/** Incidents and outages follow from what became of the alerts: opened, joined, opened again, resolved, proposed. */
export async function settleGroups(context: Context, groups: readonly Group[]): Promise<void> {
  const worth = groups.filter(
    ({ source, fired }) =>
      fired.length > 0 && atLeast(worstOf(fired.map(({ notice }) => notice.severity)), source.opens_from),
  );
  const before = await incidentsOfGroups(
    context.db,
    worth.map(({ digest }) => digest),
  );
  for (const source of new Set(worth.map((group) => group.source))) {
    const mine = worth.filter((group) => group.source === source);
    const joined: Group[] = [];
    const reopened: Group[] = [];
    const fresh: Group[] = [];
    for (const group of mine) {
      const incident = before.get(group.digest);
      if (incident && isOpen(incident)) joined.push(group);
      else if (incident && isFresh(context, incident, source.reopen_minutes)) reopened.push(group);
      else fresh.push(group);
    }
    await act(
      under(context, source, say`a further alert of a group joins its incident.`),
      'incident.note',
      joined.map((group) => ({
        id: before.get(group.digest)!.id,
        input: { text: `Further alerts of the same group:\n\n${linesOf(group.fired)}` },
      })),
    );
    const again = await act(
      under(context, source, say`what fires again within ${source.reopen_minutes} minutes opens its incident again.`),
      'incident.reopen',
      reopened.map((group) => ({
        id: before.get(group.digest)!.id,
        input: { reason: `Monitoring reports it again:\n${linesOf(group.fired)}`.slice(0, 4_000) },
      })),
    );
    // Where it may no longer be opened again the same trouble is a new incident.
    fresh.push(...reopened.filter((_group, at) => !again[at]!.ok));
    const opened = await act(
      under(context, source, say`a group of alerts from ${source.opens_from} on is one incident.`),
      'incident.log',
      fresh.map((group) => ({ input: incidentOf(group) })),
    );
    const incidents = new Map(fresh.map((group, at) => [group, idOf(opened[at])]));
    await act(
      under(context, source, say`an alert knows its incident.`),
      'alert.raise',
      mine.flatMap((group) =>
        group.fired.map(({ id }) => ({
          id,
          input: { incident_id: incidents.get(group) ?? before.get(group.digest)?.id },
        })),
      ),
    );
  }
  await outagesBegin(context, groups);
  await recoveries(context, groups);
}

function incidentOf({ source, department, fired }: Group) {
  const first = fired[0]!;
  const severity = worstOf(fired.map(({ notice }) => notice.severity));
  const about = first.notice.service ?? first.notice.resource;
  const component =
    new Set(fired.map((one) => one.configuration_item_id)).size === 1 ? first.configuration_item_id : null;
  return {
    title:
      `${[first.notice.name, about].filter(Boolean).join(': ')}${fired.length > 1 ? ` (${fired.length} alerts)` : ''}`.slice(
        0,
        300,
      ),
    description: `${source.name} reports:\n\n${linesOf(fired)}`,
    channel: 'monitoring',
    source: source.key,
    department,
    service_id: first.service_id,
    configuration_item_id: component,
    ...scores[severity],
  };
}

/** Alerts that are bad enough are outages of their services: one for each service that has none yet. */
async function outagesBegin(context: Context, groups: readonly Group[]): Promise<void> {
  for (const { source, department, fired } of groups) {
    const least = source.outage_from;
    if (least === null) continue;
    const bad = fired.filter(({ notice, service_id }) => service_id !== null && atLeast(notice.severity, least));
    const services = new Map(bad.map((one) => [one.service_id!, one]));
    if (services.size === 0) continue;
    const going = await ongoing(context.db, 'service_id', [...services.keys()]);
    const names = await servicesBy(context.db, [...services.keys()]);
    await act(
      under(context, source, say`an alert from ${least} on holds the outage of its service.`),
      'outage.share',
      going
        .filter((one) => one.department === department)
        .map(({ id, service_id }) => ({ id, input: { held_by: services.get(service_id)!.id } })),
    );
    await act(
      under(context, source, say`an alert from ${least} on is an outage of its service.`),
      'outage.open',
      [...services]
        .filter(([id]) => !going.some((one) => one.service_id === id && one.department === department))
        .map(([service_id, told]) => ({
          input: {
            name: names.get(service_id)!.name,
            service_id,
            cause_id: told.id,
            department,
            started_at: context.now.toISOString(),
          },
        })),
    );
  }
}

/** When nothing of an incident fires any more it is resolved, or that is proposed; outages of its alerts end. */
async function recoveries(context: Context, groups: readonly Group[]): Promise<void> {
  const gone = groups.filter(({ recovered }) => recovered.length > 0);
  if (gone.length === 0) return;
  const ids = gone.flatMap(({ recovered }) => recovered.map(({ known }) => known!.id));
  const ending = await outagesOver(context.db, ids);
  const after = await incidentsOfGroups(
    context.db,
    gone.map(({ digest }) => digest),
  );
  for (const group of gone) {
    const { source, digest, recovered } = group;
    const mine = new Set(recovered.map(({ known }) => known!.id));
    await act(
      under(context, source, say`an outage ends with the last alert that says so.`),
      'outage.end',
      ending
        .filter(({ alert_id }) => mine.has(alert_id))
        .map(({ id, causes }) => ({ id, input: { ended_causes: causes } })),
    );
    const incident = after.get(digest);
    if (!incident || !isOpen(incident) || incident.firing) continue;
    const said = String(say`${source.name} reports that everything has recovered.`);
    // Whoever leads a major incident says when it is over.
    const [resolved] =
      source.on_recovery === 'resolve' && !incident.major
        ? await act(under(context, source, say`what has recovered is resolved.`), 'incident.resolve', [
            { id: incident.id, input: { resolution_code: 'recovered', resolution_note: said } },
          ])
        : [];
    // A step that is needed and not done keeps it open: the desk is told all the same.
    if (!resolved?.ok)
      await act(under(context, source, say`what has recovered is proposed to be resolved.`), 'incident.propose', [
        { id: incident.id, input: { kind: 'resolve', reason: said } },
      ]);
  }
}
