import type { ReactNode } from 'react';
import { Term } from '../../kit/term';

/** The few facts under a title that say where a record stands; what is empty is left out. */
export function HeadFacts({ rows }: { rows: [name: string, value: ReactNode, term?: string][] }) {
  const shown = rows.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  return (
    <dl className="head-facts">
      {shown.map(([name, value, term]) => (
        <div key={name}>
          <dt>{term ? <Term name={term}>{name}</Term> : name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
