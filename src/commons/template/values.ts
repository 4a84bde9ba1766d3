import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import type { RecordType } from '../../kernel/record';
import { answer } from '../reading';
import { firstName } from './variables.rules';

const references: Readonly<Record<string, string>> = {
  service: 'service_id',
  component: 'configuration_item_id',
  team: 'team_id',
  assignee: 'assignee_id',
  requester: 'requester_id',
  beneficiary: 'beneficiary_id',
  organization: 'organization_id',
};
const people = new Set(['assignee', 'requester', 'beneficiary']);

/** What the variables of a text stand for on this record, as the caller may read it. `address` is the product's own. */
export async function valuesOf(
  context: Context,
  type: RecordType,
  row: Row,
  address: string,
): Promise<Record<string, string>> {
  const [shown] = await answer(context, type, [row]);
  const values: Record<string, string> = {
    number: String(row.number),
    title: String(row.title ?? ''),
    link: `${address}/${type.plural}/${row.number}`,
    me: context.actor.name,
    'me.first_name': firstName(context.actor.name),
    today: day(context, context.now),
  };
  for (const [name, field] of [
    ['priority', 'priority'],
    ['category', 'category'],
  ] as const)
    if (shown![field] != null) values[name] = String(shown![field]);
  for (const [name, field] of Object.entries(references)) {
    const named = (shown![field] as { name?: string } | null | undefined)?.name;
    if (!named) continue;
    values[name] = named;
    if (people.has(name)) values[`${name}.first_name`] = firstName(named);
  }
  for (const [name, field] of [
    ['opened', 'opened_at'],
    ['due', 'due_at'],
  ] as const)
    if (shown![field] != null && row[field] instanceof Date) values[name] = instant(context, row[field]);
  for (const [name, value] of Object.entries(shown!))
    if (name.startsWith('x_') && value != null) values[name] = own(value);
  return values;
}

function own(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { name, amount, currency } = value as { name?: unknown; amount?: unknown; currency?: unknown };
  return name !== undefined ? String(name) : `${amount ?? ''} ${currency ?? ''}`.trim();
}

function instant({ actor }: Context, at: Date): string {
  return new Intl.DateTimeFormat(actor.language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: actor.time_zone,
  }).format(at);
}

function day({ actor }: Context, at: Date): string {
  return new Intl.DateTimeFormat(actor.language === 'de' ? 'de-DE' : 'en-GB', {
    dateStyle: 'long',
    timeZone: actor.time_zone,
  }).format(at);
}
