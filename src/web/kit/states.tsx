import './states.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, sentenceOf } from '../api/client';
import { HealthStop } from './glyphs';

/** An unfinished line, what belongs here, and one first step. */
export function EmptyState({
  title,
  children,
  action,
  page = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** It is all there is on the page: its title is the page's. */
  page?: boolean;
}) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className="empty">
      <svg width="134" height="14" viewBox="0 0 134 14" aria-hidden="true">
        <path className="had" d="M1 7h44" />
        <circle className="now" cx="52" cy="7" r="4" />
        <path className="todo" d="M60 7h73" />
      </svg>
      <Title className="b">{title}</Title>
      {children ? <p className="q2">{children}</p> : null}
      {action ? <div className="empty-act">{action}</div> : null}
    </div>
  );
}

/** What is refused and what to do about it. */
export function Refusal({ error, title, children }: { error?: unknown; title?: string; children?: ReactNode }) {
  const { t } = useTranslation('kit');
  const problem = error instanceof Problem ? error : null;
  const sentence = error ? (problem?.status === 404 ? t('refusal.hidden') : sentenceOf(error)) : title;
  return (
    <div className="refuse" role="alert">
      <HealthStop mark="broken" label={t('refusal.label')} />
      <div>
        <p className="b">{title ?? sentence}</p>
        {title && error ? <p className="q2">{sentence}</p> : null}
        {problem?.errors.map((one) => (
          <p className="q2" key={one.field + one.message}>
            {one.message}
          </p>
        ))}
        {children}
      </div>
    </div>
  );
}

/** Keeps the layout while the answer comes; invisible for the first 200 ms. */
export function Skeleton({ rows = 8, height = 36 }: { rows?: number; height?: number }) {
  return (
    <div className="skel" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={`row${row + 1}`} style={{ height }}>
          <i style={{ width: `${46 + ((row * 37) % 41)}%` }} />
        </div>
      ))}
    </div>
  );
}
