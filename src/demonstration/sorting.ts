import type { Row } from '../kernel/database';
import { services } from './direction';
import type { Known } from './known';

/** Which kinds of incidents begin elsewhere than with the team that operates the service. */
interface Sorting {
  readonly name: string;
  readonly service: string;
  readonly sub: string;
  readonly team: string;
}

const toDesk = (name: string, service: string, ...subs: string[]): Sorting[] =>
  subs.map((sub) => ({ name: `${name}: ${sub.toLowerCase()}`, service, sub, team: 'Service desk' }));

export const sortings: readonly Sorting[] = [
  ...toDesk('Cards', 'Card payments', 'Reader', 'Declined'),
  ...toDesk('Kitchen', 'Kitchen screens', 'Screen', 'Printer'),
  ...toDesk('Telephone', 'Telephony', 'Line', 'Handset'),
  ...toDesk('Website', 'Ordering website', 'Orders', 'Accounts'),
  ...toDesk('Menu', 'Menu designer', 'Pictures'),
  ...toDesk('Riders', 'Delivery routing', 'App'),
  { name: 'Tills are looked after on the spot', service: 'Workplace', sub: 'Till', team: 'Field support' },
];

const sortingOf = (service: string, sub: string): Sorting | undefined =>
  sortings.find((one) => one.service === service && one.sub === sub);

/** The team an incident goes to when nobody says so. */
export const teamFor = (service: string, sub: string): string =>
  sortingOf(service, sub)?.team ?? services.find(({ name }) => name === service)!.team;

/** Why it went there, as the product says it. */
export function whyTeam(known: Known, service: string, sub: string): Row {
  const rule = sortingOf(service, sub);
  const name = teamFor(service, sub);
  const team = { id: known.id('team', name), name };
  if (!rule) return { rule: `${name} operates the service ${service}.`, team };
  return {
    rule: `${known.id('rule number', rule.name)} (version 1), ${rule.name}: ${name} takes it.`,
    rule_id: known.id('assignment_rule', rule.name),
    rule_version: 1,
    inputs: { service_id: known.id('service', service), subcategory: sub },
    team,
  };
}
