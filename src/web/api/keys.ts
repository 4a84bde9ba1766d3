/** Names of what the cache holds; the live stream speaks the same names. */
export const keys = {
  me: ['me'] as const,
  types: ['types'] as const,
  list: (plural: string, params: object) => ['list', plural, params] as const,
  lists: (plural: string) => ['list', plural] as const,
  record: (plural: string, number: string) => ['record', plural, number] as const,
  part: (plural: string, number: string, part: string) => ['record', plural, number, part] as const,
  count: (plural: string, params: object) => ['list', plural, 'count', params] as const,
  search: (params: object) => ['search', params] as const,
  measure: (name: string, params: object) => ['measure', name, params] as const,
  told: ['told'] as const,
};
