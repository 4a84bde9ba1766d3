import './list-row.css';
import type { MouseEvent } from 'react';
import { StateGlyph } from './glyphs';
import { PriorityMark } from './marks';

/** The reason for a row's place: read out with the row, shown when it is pointed at or has the focus. */
export function RowWhy({ id, text }: { id: string; text: string | undefined }) {
  return text ? (
    <span className="row-why s" role="tooltip" id={`why-${id}`}>
      {text}
    </span>
  ) : null;
}

export interface RowLook {
  id: string;
  href: string;
  number: string;
  title: string;
  state: string;
  stateName: string;
  category?: string;
  priority: number | null;
  due: string;
  dueTitle?: string;
  tone: 'broken' | 'risk' | 'calm' | 'quiet';
  /** Why it stands where it stands, in a sentence. */
  why?: string;
}

/** One record in 36 px: priority, state, title, due. */
export function ListRow({
  row,
  selected,
  onOpen,
}: {
  row: RowLook;
  selected: boolean;
  onOpen: (event: MouseEvent) => void;
}) {
  const tone = { broken: 'broken b', risk: 'risk', calm: 'q2', quiet: 'q' }[row.tone];
  return (
    <a
      className={selected ? 'row sel' : 'row'}
      href={row.href}
      aria-current={selected ? 'true' : undefined}
      onClick={onOpen}
      aria-describedby={row.why ? `why-${row.id}` : undefined}
      title={row.why ? undefined : `${row.number} ${row.title}`}
    >
      <PriorityMark priority={row.priority} />
      <StateGlyph state={row.state} category={row.category} label={row.stateName} />
      <span className="ti cut">{row.title}</span>
      <span className={`due num ${tone}`} title={row.dueTitle}>
        {row.due}
      </span>
      <RowWhy id={row.id} text={row.why} />
    </a>
  );
}
