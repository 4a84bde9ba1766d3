/** A practice that may be switched off: its kinds of record, and the practices it cannot do without. */
export interface Switchable {
  readonly key: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly needs: readonly string[];
  /** A small organisation begins with it: what is known helps from the first day. */
  readonly small?: true;
}

/**
 * What may be switched off. People, incidents and their figures are the base everything else stands on, and always
 * there.
 */
export const switchables: readonly Switchable[] = [
  { key: 'services', name: 'Services', types: ['service'], needs: [] },
  // Agreements promise about services, and clocks run by the calendars of agreements.
  { key: 'service_levels', name: 'Service levels', types: ['agreement', 'calendar'], needs: ['services'] },
  // A goal is carried by services: without them nothing leads to it.
  { key: 'goals', name: 'Goals', types: ['goal'], needs: ['services'] },
  { key: 'components', name: 'Components', types: ['configuration_item'], needs: [] },
  // Two changes are in each other's way when they touch one component at one time.
  { key: 'changes', name: 'Changes', types: ['change'], needs: ['components'] },
  { key: 'problems', name: 'Problems', types: ['problem'], needs: [], small: true },
  { key: 'monitoring', name: 'Monitoring', types: ['alert', 'alert_source'], needs: [] },
  { key: 'availability', name: 'Outages and availability', types: ['outage'], needs: ['services'] },
];

/** How big an organisation begins: a small one with what it needs on the first day. */
export const sizes = ['small', 'everything'] as const;
export type Size = (typeof sizes)[number];
