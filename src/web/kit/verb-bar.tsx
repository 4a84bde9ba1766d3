import './verb-bar.css';
import type { ReactNode } from 'react';
import { Key } from './marks';

export interface VerbButton {
  id: string;
  label: string;
  key?: string;
  /** Why it may not be done now: the verb keeps its place and says so. */
  refused?: string;
  run: () => void;
}

/** The verbs of a record in one bar, the likely next one first and filled. */
export function VerbBar({ main, verbs, tail }: { main?: VerbButton; verbs: VerbButton[]; tail?: ReactNode }) {
  return (
    <div className="verbs" role="toolbar">
      {main ? <Verb verb={main} className="verb main" /> : null}
      {verbs.map((verb) => (
        <Verb key={verb.id} verb={verb} className="verb" />
      ))}
      {tail}
    </div>
  );
}

function Verb({ verb, className }: { verb: VerbButton; className: string }) {
  return (
    <button
      type="button"
      className={verb.refused ? 'verb off' : className}
      aria-disabled={verb.refused ? true : undefined}
      title={verb.refused}
      aria-description={verb.refused}
      aria-keyshortcuts={verb.key}
      onClick={() => {
        if (!verb.refused) verb.run();
      }}
    >
      {verb.label}
      {verb.key ? <Key>{verb.key.toUpperCase()}</Key> : null}
      {verb.refused ? <span className="why">{verb.refused}</span> : null}
    </button>
  );
}
