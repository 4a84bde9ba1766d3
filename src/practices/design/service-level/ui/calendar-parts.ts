export type Windows = [string, string][];

/** Minutes of a local time; 24:00 is the end of the day. */
export function minutes(time: string): number {
  const [h, m] = time.split(':').map(Number);
  return (h ?? 0) * 60 + (m ?? 0);
}

/** The parts of one day as shares of it; a window past midnight also begins the next day. */
export function partsOf(today: Windows = [], yesterday: Windows = []): { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = [];
  for (const [from, to] of yesterday) if (minutes(to) <= minutes(from)) parts.push({ from: 0, to: minutes(to) });
  for (const [from, to] of today)
    parts.push({ from: minutes(from), to: minutes(to) <= minutes(from) ? 1440 : minutes(to) });
  return parts
    .filter((part) => part.to > part.from)
    .map((part) => ({ from: (part.from / 1440) * 100, to: (part.to / 1440) * 100 }));
}
