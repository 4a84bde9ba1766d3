import './facts.css';
import type { ReactNode } from 'react';
import { Term } from './term';

/** Names left, values right; what is empty is left out. `term` names the word's explanation. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode, term?: string][] }) {
  const shown = rows.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  return (
    <dl className="facts">
      {shown.map(([name, value, term]) => (
        <div key={name}>
          <dt>{term ? <Term name={term}>{name}</Term> : name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A section of the side panel: a title of 13 px, no card. */
export function Section({
  title,
  note,
  children,
  action,
}: {
  title: string;
  note?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <section className="sec">
      <header>
        <h2>
          {title} {note !== undefined && note !== null ? <span className="q num">{note}</span> : null}
        </h2>
        {action}
      </header>
      {children}
    </section>
  );
}
