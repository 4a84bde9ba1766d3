import type { House } from '../../kernel/house';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

/** Addresses that belong to a kind of record without beginning with its name. */
const belonging: Readonly<Record<string, string>> = {
  '/hooks/:source': 'alert',
  '/api/v1/me/outages': 'outage',
  '/api/v1/services/:number/availability': 'outage',
  '/api/v1/measures/promises': 'agreement',
  '/api/v1/:plural/:number/clocks': 'agreement',
  '/api/v1/holidays': 'calendar',
  '/api/v1/holidays/countries': 'calendar',
};

/** The kind of record an address of the router or of the description (`{number}`) belongs to. */
export function kindOf(house: House, address: string): string | undefined {
  const route = address.replaceAll(/\{(\w+)\}/g, ':$1');
  const [first = ''] = route.replace('/api/v1/', '').split('/');
  return belonging[route] ?? house.whole.plurals.get(first)?.type;
}

/** What is switched off answers as what was never there. Throws 404. */
export function refuseWhatIsOff(house: House, route: string): void {
  if (house.off.size === 0) return;
  const kind = kindOf(house, route);
  if (kind && house.off.has(kind)) throw new Refusal('absent', say`There is nothing here.`);
}
