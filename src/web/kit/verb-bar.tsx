import './verb-bar.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './glyphs';
import { Key } from './marks';
import { Menu } from './menu';

export interface VerbButton {
  id: string;
  label: string;
  key?: string;
  /** Why it may not be done now: the verb keeps its place and says so. */
  refused?: string;
  /** Stands in the menu on a phone alone: there is room beside the others on a wide screen. */
  narrow?: boolean;
  run: () => void;
}

/** The verbs of a record in one bar, the likely next one first and filled; seldom ones (`more`) behind the dots. */
export function VerbBar({
  main,
  verbs,
  more = [],
  tail,
  end,
}: {
  main?: VerbButton;
  verbs: VerbButton[];
  more?: VerbButton[];
  tail?: ReactNode;
  end?: ReactNode;
}) {
  const { t } = useTranslation('kit');
  return (
    <div className="verbs" role="toolbar">
      {main ? <Verb verb={main} className="verb main" /> : null}
      {verbs.map((verb) => (
        <Verb key={verb.id} verb={verb} className="verb" />
      ))}
      {tail ? <span className="tail">{tail}</span> : null}
      {more.length ? (
        <Menu
          label={t('more_verbs')}
          items={more.map((verb) => ({ ...verb, run: verb.refused ? () => undefined : verb.run }))}
        >
          <Icon name="more" />
        </Menu>
      ) : null}
      {end}
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
