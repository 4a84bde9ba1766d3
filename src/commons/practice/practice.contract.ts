/** A practice that may be switched off: its kinds of record, and the practices it cannot do without. */
export interface Switchable {
  readonly key: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly needs: readonly string[];
}

/**
 * What may be switched off. People, services, agreements, incidents and their figures are the base everything else
 * stands on, and always there.
 */
export const switchables: readonly Switchable[] = [
  { key: 'goals', name: 'Goals', types: ['goal'], needs: [] },
  { key: 'components', name: 'Components', types: ['configuration_item'], needs: [] },
  // Two changes are in each other's way when they touch one component at one time.
  { key: 'changes', name: 'Changes', types: ['change'], needs: ['components'] },
  { key: 'problems', name: 'Problems', types: ['problem'], needs: [] },
  { key: 'monitoring', name: 'Monitoring', types: ['alert', 'alert_source'], needs: [] },
  { key: 'availability', name: 'Outages and availability', types: ['outage'], needs: [] },
];

/** How big an organisation begins: a small one with what it needs on the first day. */
export const sizes = ['small', 'everything'] as const;
export type Size = (typeof sizes)[number];
