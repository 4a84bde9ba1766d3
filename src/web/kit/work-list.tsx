import './work-list.css';
import type { ReactNode } from 'react';
import { StateGlyph } from './glyphs';
import { type RowLook, RowWhy } from './list-row';
import { PriorityMark } from './marks';

/** Records as a page shows them: one row each, wide enough for where it belongs. */
export function WorkList({ rows }: { rows: (RowLook & { place?: ReactNode; who?: ReactNode })[] }) {
  return (
    <ul className="wl">
      {rows.map((row) => {
        const tone = { broken: 'broken b', risk: 'risk', calm: 'q2', quiet: 'q' }[row.tone];
        return (
          <li key={row.id}>
            <a href={row.href} className="wl-row" aria-describedby={row.why ? `why-${row.id}` : undefined}>
              <PriorityMark priority={row.priority} />
              <StateGlyph state={row.state} category={row.category} label={row.stateName} />
              <span className="cut" title={row.title}>
                {row.title}
              </span>
              <span className="q2 cut wl-place">{row.place}</span>
              <span className="q2 cut wl-who">{row.who}</span>
              <span className={`num nw r ${tone}`} title={row.dueTitle}>
                {row.due}
              </span>
              <RowWhy id={row.id} text={row.why} />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
