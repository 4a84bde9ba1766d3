/**
 * Who may not do something, in a sentence: `label` is what the verb is called, `what` is "this change" or "changes".
 * A label of several words has an object already; what it is done to follows it with a preposition.
 */
export function mayNotWords(label: string, what: string): string {
  const said = label.toLowerCase();
  return `You may not ${said} ${joint(said)}${what}.`;
}

const joint = (said: string): string => {
  // "approve", "switch off", "stop watching".
  if (!said.includes(' ') || /^\w+ (?:on|off|back|over|\w+ing)$/.test(said)) return '';
  return / the /.test(said) ? 'of ' : 'on ';
};
