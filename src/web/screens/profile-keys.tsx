import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllActions } from '../shell/actions';
import { clashes, keyOf, nameOfPress, readKeys, verbKeys, writeKeys } from '../shell/key-map';
import { useWords } from '../words/use-words';

/** One's own keys: press the one that shall do it. */
export function KeyChoice() {
  const { t } = useTranslation('house');
  const words = useWords();
  const [own, setOwn] = useState(readKeys);
  const going = useAllActions().filter((action) => action.group === 'go' && action.key);
  const verbs = Object.keys(verbKeys).map((verb) => ({
    id: `verb.${verb}`,
    label: words.verb(verb),
    key: verbKeys[verb],
  }));
  const rows = [...verbs, ...going];
  const fought = clashes(rows, own);
  const set = (id: string, key: string | undefined) => {
    const next = { ...own };
    if (key === undefined) delete next[id];
    else next[id] = key;
    writeKeys(next);
    setOwn(next);
  };
  return (
    <section>
      <h2>{t('profile.keys')}</h2>
      <p className="q2">{t('profile.keys_text')}</p>
      {fought.length ? (
        <p className="risk">{t('profile.keys_clash', { keys: fought.join(', ').toUpperCase() })}</p>
      ) : null}
      <ul className="pf-keys">
        {rows.map((row) => (
          <li key={row.id}>
            <label htmlFor={`key-${row.id}`} className="cut">
              {row.label}
            </label>
            <input
              id={`key-${row.id}`}
              className="input"
              value={(keyOf(row.id, row.key, own) ?? '').toUpperCase()}
              readOnly
              onKeyDown={(event) => {
                if (event.key === 'Tab') return;
                event.preventDefault();
                if (event.key === 'Backspace' || event.key === 'Delete') set(row.id, undefined);
                else {
                  const name = nameOfPress(event);
                  if (name && name.length === 1) set(row.id, name);
                }
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
