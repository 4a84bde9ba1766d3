/**
 * One row of CSV (RFC 4180, with LF). A text that a spreadsheet would take for a formula gets an apostrophe before it.
 * References are written by their names, lists separated by `; `, instants as RFC 3339, money as `12.50 EUR`.
 */
export function csvRow(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\n`;
}

function cell(value: unknown): string {
  const text = textOf(value);
  const safe = typeof value === 'number' || !/^[=+\-@\t\r]/.test(text) ? text : `'${text}`;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  if (typeof value !== 'object') return String(value);
  if ('number' in value && 'name' in value) return String(value.name);
  if ('amount' in value && 'currency' in value) return `${String(value.amount)} ${String(value.currency)}`;
  return JSON.stringify(value);
}

/** A cell as it was before it was made safe. */
export function unguarded(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
