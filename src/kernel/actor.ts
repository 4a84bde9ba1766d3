/** Who acts. Departments are resolved to ids once, when the caller is known. */
export interface Actor {
  readonly id: string | null;
  readonly kind: 'person' | 'rule' | 'timer' | 'import' | 'system';
  readonly name: string;
  readonly roles: readonly string[];
  /** Departments in which the caller does agents' work. */
  readonly handles: readonly string[];
  /** Departments whose records the caller reads by role. */
  readonly reads: readonly string[];
  /** Confidential departments the caller does not belong to. */
  readonly walledOff: readonly string[];
  /** The teams of these departments. */
  readonly walledTeams: readonly string[];
  readonly teams: readonly string[];
  readonly language: string;
  readonly time_zone: string;
  /** A token may be narrower than its owner. */
  readonly scope: 'all' | 'read';
}

/** The product acting by itself. It sees everything and may do what its verbs allow. */
export function automatic(kind: 'rule' | 'timer' | 'import' | 'system', name: string): Actor {
  return {
    id: null,
    kind,
    name,
    roles: [],
    handles: [],
    reads: [],
    walledOff: [],
    walledTeams: [],
    teams: [],
    language: 'en',
    time_zone: 'UTC',
    scope: 'all',
  };
}

export const theSystemItself = automatic('system', 'Throughline');
