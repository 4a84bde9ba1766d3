import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { type Ask, lookUp } from '../../kernel/references';
import { say } from '../../kernel/sentence.contract';
import { servicesBy } from '../../practices/operation/availability';
import {
  alertsByKey,
  deskDepartment,
  digestOf,
  type Notice,
  type Source,
} from '../../practices/operation/monitoring-and-event';
import { act, type Group, idOf, type Told, under } from './as-source';
import { settleGroups } from './settle-groups';

/** What one body says of one group of alerts. */
export interface Parcel {
  readonly source: Source;
  readonly group: string;
  readonly notices: readonly Notice[];
}

const keyOf = (source: Source, notice: Notice) => digestOf(source.id, notice.group, notice.fingerprint);
const withoutPort = (resource: string) => resource.replace(/:\d{1,5}$/, '');

/**
 * Takes in what sources told of groups, each group once: alerts begin, begin again and recover; their incidents follow.
 * What repeats writes nothing.
 */
export async function takeIn(context: Context, parcels: readonly Parcel[]): Promise<void> {
  const all = parcels.flatMap(({ source, notices }) => notices.map((notice) => ({ source, notice })));
  if (all.length === 0) return;
  const known = await alertsByKey(
    context.db,
    all.map(({ source, notice }) => keyOf(source, notice)),
  );
  const find = await lookUp(context, asksOf(all.map(({ notice }) => notice)));
  const found = (to: string, text: string | null) => {
    const id = text === null || text === '' ? null : find({ to: [to], text });
    return id === 'several' ? null : id;
  };
  const desk = await deskDepartment(context.db);
  const groups: Group[] = [];
  for (const { source, group, notices } of parcels) {
    const told = new Map<string, Told>();
    for (const notice of notices) {
      const key = keyOf(source, notice);
      const component =
        found('configuration_item', notice.resource) ??
        found('configuration_item', notice.resource === null ? null : withoutPort(notice.resource));
      told.set(key, {
        notice,
        key,
        known: known.get(key),
        service_id: found('service', notice.service),
        configuration_item_id: component,
      });
    }
    const firing = [...told.values()].filter(({ notice }) => notice.state === 'firing');
    const services = await servicesBy(
      context.db,
      firing.flatMap(({ service_id }) => service_id ?? []),
    );
    const department = source.department ?? [...services.values()][0]?.department ?? desk;
    if (department === null) throw new Error('No department takes alerts.');
    groups.push({
      source,
      digest: digestOf(source.id, group),
      department,
      fired: firing.filter((one) => one.known?.state !== 'firing'),
      recovered: [...told.values()].filter((one) => one.notice.state === 'recovered' && one.known?.state === 'firing'),
    });
  }
  const changed = groups.filter(({ fired, recovered }) => fired.length + recovered.length > 0);
  if (changed.length === 0) return;
  await writeAlerts(context, changed);
  await settleGroups(context, changed);
}

function asksOf(notices: readonly Notice[]): Ask[] {
  return notices.flatMap(({ service, resource }) => [
    ...(service ? [{ to: ['service'], text: service }] : []),
    ...(resource ? [resource, withoutPort(resource)].map((text) => ({ to: ['configuration_item'], text })) : []),
  ]);
}

function startOf(context: Context, notice: Notice): string {
  const told = notice.started_at === null ? Number.NaN : Date.parse(notice.started_at);
  // A source whose clock is ahead, or says nothing, is not believed.
  const fits = told > Date.UTC(2000, 0, 1) && told <= context.now.getTime();
  return new Date(fits ? told : context.now).toISOString();
}

async function writeAlerts(context: Context, groups: readonly Group[]): Promise<void> {
  for (const source of new Set(groups.map((group) => group.source))) {
    const mine = groups.filter((group) => group.source === source);
    const fresh = mine.flatMap((group) =>
      group.fired.filter(({ known }) => !known).map((told) => ({ told, input: alertOf(context, group, told) })),
    );
    const again = mine.flatMap((group) => group.fired.filter(({ known }) => known));
    const gone = mine.flatMap((group) => group.recovered);
    const told = under(context, source, say`what it tells of becomes an alert.`);
    const made = await act(told, 'alert.fire', fresh);
    for (const [at, { told: one }] of fresh.entries()) one.id = idOf(made[at]);
    await act(
      told,
      'alert.refire',
      again.map(({ known, notice }) => ({
        id: known!.id,
        input: { severity: notice.severity, summary: notice.summary, started_at: startOf(context, notice) },
      })),
    );
    for (const one of again) one.id = one.known!.id;
    await act(
      told,
      'alert.recover',
      gone.map(({ known }) => ({ id: known!.id })),
    );
  }
}

function alertOf(context: Context, { source, digest, department }: Group, told: Told): Row {
  const { notice, key, service_id, configuration_item_id } = told;
  return {
    title: [notice.name, notice.resource].filter(Boolean).join(': ').slice(0, 300),
    severity: notice.severity,
    summary: notice.summary,
    resource: notice.resource,
    service_id,
    configuration_item_id,
    source_id: source.id,
    department,
    started_at: startOf(context, notice),
    group_key: notice.group,
    group_digest: digest,
    fingerprint: notice.fingerprint,
    labels: notice.labels,
    key,
  };
}
