import './marks.css';
import { useTranslation } from 'react-i18next';
import { initials } from '../words/record';
import { useWords } from '../words/use-words';
import { StateGlyph } from './glyphs';

/** Glyph and word, no box. */
export function StatePill({ state, category }: { state: string; category?: string }) {
  const words = useWords();
  return (
    <span className="state">
      <StateGlyph state={state} category={category} />
      {words.state(state)}
    </span>
  );
}

/** A stem and a numeral; colour only for 1 and 2. */
export function PriorityMark({ priority, named = false }: { priority: number | null | undefined; named?: boolean }) {
  const { t } = useTranslation('kit');
  if (!priority) return <span className="pri p5 none" aria-hidden="true" />;
  const name = t(`priority.${Math.min(5, Math.max(1, priority)) as 1 | 2 | 3 | 4 | 5}`);
  return (
    <>
      <span className={`pri p${priority}`} title={t('priority.title', { priority, name })}>
        <span className="vh">{t('priority.word')} </span>
        {priority}
      </span>
      {named ? <span className="q">{name}</span> : null}
    </>
  );
}

/** Initials in a disc; the name always stands beside it or is read out. */
export function Who({ name, large = false }: { name: string; large?: boolean }) {
  return (
    <span className={large ? 'who l' : 'who'} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

/** An instant in the fewest words, the exact one on hover; `full` keeps the time of an older day. */
export function When({
  at,
  className,
  full = false,
}: {
  at: string | null | undefined;
  className?: string;
  full?: boolean;
}) {
  const words = useWords();
  if (!at) return null;
  return (
    <time dateTime={at} title={words.exact(at)} className={className}>
      {full ? words.stamp(at) : words.when(at)}
    </time>
  );
}

export function Key({ children }: { children: string }) {
  return (
    <kbd className="key" aria-hidden="true">
      {children}
    </kbd>
  );
}
