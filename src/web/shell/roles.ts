import type { Me } from '../api/types';

/** People who only ask see the portal; everyone with another role has the workspace. */
export function isAgent(me: Me | undefined): boolean {
  return Boolean(me?.roles.some((role) => role !== 'requester'));
}

export function has(me: Me | undefined, ...roles: string[]): boolean {
  return Boolean(me?.roles.some((role) => roles.includes(role)));
}
