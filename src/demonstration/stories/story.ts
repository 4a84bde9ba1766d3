/** What happens again and again on a service, told in our own words. In texts `{dp}`, `{place}`, `{n}` … are filled in. */
export interface Story {
  readonly titles: readonly string[];
  readonly texts: readonly string[];
  /** Impact and urgency, one pair as likely as the other. */
  readonly scores: readonly (readonly [number, number])[];
  readonly weight: number;
  readonly sub: string;
  /** The component at the delivery point, or one by name. */
  readonly part?: 'router' | 'readers' | 'screen' | string;
  readonly asks?: readonly string[];
  readonly answers?: readonly string[];
  readonly notes?: readonly string[];
  readonly fixes: readonly (readonly [string, string])[];
  /** The team that can do it, where that is not the team of the service. */
  readonly moves?: { readonly to: string; readonly why: string };
  /** What it often waits for. */
  readonly waits?: { readonly reason: string; readonly says: string };
  readonly problem?: string;
  readonly tags?: readonly string[];
}

/** When incidents of a service come in. */
export type Rhythm = 'meals' | 'evenings' | 'office' | 'mondays' | 'month end' | 'all day';

export interface Stories {
  readonly service: string;
  readonly category: string;
  /** How many on an ordinary day with all delivery points open. */
  readonly perDay: number;
  readonly rhythm: Rhythm;
  /** Who asks: delivery points, offices, or monitoring. */
  readonly from: 'points' | 'offices' | 'both';
  /** Above 1: promises are kept less often than elsewhere. */
  readonly slowness: number;
  readonly list: readonly Story[];
}
