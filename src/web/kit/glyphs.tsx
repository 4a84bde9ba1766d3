import type { ReactNode } from 'react';

/** The few drawings there are: 16 px icons, 14 px states, 12 px health. Colour comes from the words around them. */
const icons: Record<string, ReactNode> = {
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  check: <path d="m3.25 8.5 3.25 3.25 6.25-7" />,
  down: <path d="m3.5 6 4.5 4.5L12.5 6" />,
  next: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  back: <path d="M10 3.5 5.5 8l4.5 4.5" />,
  plus: <path d="M8 3v10M3 8h10" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.2" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  clip: (
    <path d="m12.5 7.25-5.1 5.1a2.9 2.9 0 0 1-4.1-4.1l5.2-5.2a1.95 1.95 0 0 1 2.75 2.75l-5.1 5.1a.95.95 0 0 1-1.35-1.35L9.4 5" />
  ),
  filter: <path d="M2.5 4.5h11M4.75 8h6.5M7 11.5h2" />,
  page: (
    <>
      <path d="M4 2.25h5L12.25 5.5v8.25H4z" />
      <path d="M6.5 8.25h3.25M6.5 10.75h3.25" />
    </>
  ),
  ticket: <path d="M3 3.25h10v9.5L8 10.25 3 12.75z" />,
  service: (
    <>
      <circle cx="8" cy="8" r="3.25" />
      <path d="M1.25 8h3.5M11.25 8h3.5" />
    </>
  ),
  outage: <path d="M1.25 8h4M10.75 8h4M7.75 4.5 5.9 8h4.2l-1.85 3.5" />,
  bell: (
    <>
      <path d="M8 2.25a4 4 0 0 0-4 4v2.5l-1.25 2.5h10.5L12 8.75v-2.5a4 4 0 0 0-4-4z" />
      <path d="M6.75 13.75h2.5" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.25" r="2.75" />
      <path d="M2.75 13.75c.5-2.8 2.6-4.25 5.25-4.25s4.75 1.45 5.25 4.25" />
    </>
  ),
  cal: (
    <>
      <rect x="2.5" y="3.5" width="11" height="10" rx="1.5" />
      <path d="M2.5 6.75h11M5.5 2v3M10.5 2v3" />
    </>
  ),
};

export function Icon({ name }: { name: string }) {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
      {icons[name]}
    </svg>
  );
}

export type HealthMark = 'good' | 'at_risk' | 'broken' | 'unknown' | 'here';

const health: Record<HealthMark, ReactNode> = {
  good: <circle cx="6" cy="6" r="4" fill="currentColor" stroke="none" />,
  at_risk: (
    <>
      <circle cx="6" cy="6" r="4" />
      <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" stroke="none" />
    </>
  ),
  broken: <path d="M6 .75 11.25 6 6 11.25.75 6z" fill="currentColor" stroke="none" />,
  unknown: <circle cx="6" cy="6" r="4" strokeDasharray="2.2 2" />,
  here: (
    <>
      <circle cx="6" cy="6" r="4.75" strokeWidth="2" />
      <circle cx="6" cy="6" r="1.75" fill="currentColor" stroke="none" />
    </>
  ),
};

/** A stop on the line: the shape says how it is, the label says it again for those who do not see it. */
export function HealthStop({ mark, label }: { mark: HealthMark; label?: string }) {
  return (
    <svg
      className={`h ${mark}`}
      viewBox="0 0 12 12"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {health[mark]}
    </svg>
  );
}

const states: Record<string, ReactNode> = {
  new: <circle cx="7" cy="7" r="5.25" strokeDasharray="2.4 2" />,
  assigned: <circle cx="7" cy="7" r="5.25" />,
  progress: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <path d="M7 3.75a3.25 3.25 0 0 1 0 6.5z" fill="currentColor" stroke="none" />
    </>
  ),
  whole: <circle cx="7" cy="7" r="3.5" fill="currentColor" stroke="none" />,
  paused: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <path d="M5.75 5v4M8.25 5v4" />
    </>
  ),
  final: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <path d="m4.75 7.1 1.6 1.6 2.9-3.3" />
    </>
  ),
  stopped: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <path d="m4 10 6-6" />
    </>
  ),
};

/** States in which somebody is at it. */
const working = new Set(['in_progress', 'investigating', 'fix_in_progress', 'implementing', 'documentation', 'review']);

/** Which drawing and tone a state has, from its name first and its category else. */
export function glyphOf(state: string, category?: string): { glyph: string; tone: string } {
  if (state === 'new' || state === 'draft' || state === 'planned') return { glyph: 'new', tone: 'open' };
  if (state === 'assigned') return { glyph: 'assigned', tone: 'open' };
  if (working.has(state)) return { glyph: 'progress', tone: 'open' };
  if (state === 'on_hold' || category === 'paused') return { glyph: 'paused', tone: 'paused' };
  if (state === 'cancelled' || state === 'retired' || state === 'rejected' || state === 'imported')
    return { glyph: 'stopped', tone: 'stopped' };
  if (['resolved', 'closed', 'recovered', 'ended'].includes(state) || category === 'final')
    return { glyph: 'final', tone: 'final' };
  if (category === 'stopped') return { glyph: 'stopped', tone: 'stopped' };
  if (state === 'active' || state === 'live' || state === 'published') return { glyph: 'whole', tone: 'open' };
  return { glyph: 'assigned', tone: 'open' };
}

export function StateGlyph({ state, category, label }: { state: string; category?: string; label?: string }) {
  const { glyph, tone } = glyphOf(state, category);
  return (
    <svg
      className={`sg ${tone}`}
      viewBox="0 0 14 14"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {label ? <title>{label}</title> : null}
      {states[glyph]}
    </svg>
  );
}

/** The sign of the house: a stop on the line. */
export function Mark() {
  return (
    <svg className="mark-sign" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M1 10h18" />
      <circle className="dot" cx="12.5" cy="10" r="3.5" />
    </svg>
  );
}
