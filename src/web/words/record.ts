import type { RecordRow, Ref } from '../api/types';

/** A reference in a field, or null. */
export function refOf(record: RecordRow | undefined, field: string): Ref | null {
  const value = record?.[field];
  return value && typeof value === 'object' && 'number' in value ? (value as Ref) : null;
}

export function textOf(record: RecordRow | undefined, field: string): string {
  const value = record?.[field];
  return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
}

export function numberOf(record: RecordRow | undefined, field: string): number | null {
  const value = record?.[field];
  return typeof value === 'number' ? value : null;
}

/** What a record is called in a list. */
export function titleOf(record: RecordRow | undefined): string {
  return textOf(record, 'title') || textOf(record, 'name') || record?.number || '';
}

/** `SO` for Sam Okafor. */
export function initials(name: string): string {
  const parts = name
    .trim()
    .split(/[\s.@_-]+/)
    .filter(Boolean);
  const letters = parts.length > 1 ? [parts[0]!, parts.at(-1)!] : parts;
  return letters.map((part) => part.charAt(0).toUpperCase()).join('') || '?';
}

/** `Service desk` becomes `service-desk`. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** `hold_reason` becomes `Hold reason`: the last resort where no catalogue and no label knows better. */
export function humanize(name: string): string {
  const words = name
    .replace(/^x_/, '')
    .replace(/_(id|ids|at|on)$/, '')
    .replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
