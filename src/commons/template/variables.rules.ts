/** Variables in texts that are used again: `{{requester.first_name}}`. What they are called, and how a text is filled. */

/** What a variable says, in the words of the description of the interface. */
export const variables: Readonly<Record<string, string>> = {
  number: 'The number of the record',
  title: 'Its title',
  link: 'Its address',
  priority: 'Its priority',
  service: 'The service it concerns',
  component: 'The component it concerns',
  category: 'Its category',
  team: 'The team that has it',
  assignee: 'Who has it',
  'assignee.first_name': 'The first name of who has it',
  requester: 'Who asked',
  'requester.first_name': 'The first name of who asked',
  beneficiary: 'For whom it was asked',
  'beneficiary.first_name': 'The first name of them',
  organization: 'The customer',
  opened: 'When it was opened',
  due: 'When it is due',
  me: 'Who writes',
  'me.first_name': 'The first name of who writes',
  today: 'The day of today',
};

const hole = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The variables a text names, each once, in their order. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(hole)].map((found) => found[1]!))];
}

/** Those of a text that mean nothing here. Fields of the organisation's own (`x_…`) are known by their key. */
export function unknownVariables(text: string, own: ReadonlySet<string> = new Set()): string[] {
  return variablesIn(text).filter((name) => !Object.hasOwn(variables, name) && !own.has(name));
}

/** The text with its variables filled; `missing` names those without a value, which leave nothing behind. */
export function filled(text: string, values: Readonly<Record<string, string>>): { text: string; missing: string[] } {
  const saidBy = (name: string) => (Object.hasOwn(values, name) ? values[name]! : '');
  const missing = variablesIn(text).filter((name) => !saidBy(name));
  return { text: text.replaceAll(hole, (_all, name: string) => saidBy(name)), missing };
}

/** The first word of a name. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}
