export type Windows = [string, string][];

/** `09:00–12:00, 13–17` as windows; null when it cannot be read. An empty text is a closed day. */
export function readWindows(text: string): Windows | null {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const found: Windows = [];
  for (const part of parts) {
    const match = /^(\d{1,2})(?::?(\d{2}))?\s*(?:-|–|to|bis)\s*(\d{1,2})(?::?(\d{2}))?$/.exec(part);
    if (!match) return null;
    const time = (h: string, m = '00') => `${h.padStart(2, '0')}:${m}`;
    found.push([time(match[1]!, match[2]), time(match[3]!, match[4])]);
  }
  return found;
}

/** Windows as people write them. */
export function writeWindows(windows: Windows | undefined): string {
  return (windows ?? []).map(([from, to]) => `${from}–${to}`).join(', ');
}
