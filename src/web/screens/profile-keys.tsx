import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../api/client';
import { useTypes } from '../api/queries';
import { useMacros, useTemplates } from '../desk/templates';
import { say } from '../kit/toast';
import { useAllActions } from '../shell/actions';
import { clashOf, keyOf, nameOfPress, verbKeys } from '../shell/key-map';
import { keepOwnKeys, useOwnKeys } from '../shell/own-keys';
import { useWords } from '../words/use-words';

interface Row {
  id: string;
  label: string;
  key?: string;
  /** The kinds of record on which it is done; everywhere when not said. */
  on?: string[];
}

/** Could both be meant by one key at one time? */
const meet = (a: Row | undefined, b: Row) => !a?.on || !b.on || a.on.some((type) => b.on?.includes(type));

/** One's own keys: press the one that shall do it. They hold wherever one signs in; two things never share one. */
export function KeyChoice() {
  const { t } = useTranslation('house');
  const { t: i } = useTranslation('incident');
  const { t: d } = useTranslation('desk');
  const { t: a } = useTranslation('alerts');
  const { t: p } = useTranslation('print');
  const words = useWords();
  const own = useOwnKeys();
  const [refused, setRefused] = useState<{ id: string; sentence: string } | null>(null);
  const types = useTypes();
  const templates = useTemplates();
  const macros = useMacros('incident');
  const going = useAllActions().filter((action) => ['go', 'create', 'house'].includes(action.group) && action.key);
  const verbs: Row[] = Object.keys(verbKeys).map((verb) => ({
    id: `verb.${verb}`,
    label: words.verb(verb),
    key: verbKeys[verb],
    on: types.data?.filter((type) => type.verbs.some((one) => one.verb === verb)).map((type) => type.type),
  }));
  const rows: Row[] = [
    ...verbs,
    { id: 'verb.book', label: words.verb('book'), key: 'b', on: ['incident'] },
    { id: 'record.major', label: a('major.declare'), key: 'y', on: ['incident'] },
    { id: 'record.line', label: i('verb.line'), key: 'l', on: ['incident'] },
    { id: 'record.explain', label: i('verb.explain'), key: 'x', on: ['incident'] },
    { id: 'record.print', label: p('verb'), key: '=' },
    { id: 'list.next', label: i('keys.next'), key: 'j' },
    { id: 'list.before', label: i('keys.before'), key: 'k' },
    { id: 'list.filter', label: i('keys.filter'), key: '/' },
    ...macros.map((macro, at) => ({
      id: `macro.${macro.number}`,
      label: d('menu.macro', { name: macro.name }),
      key: at < 9 ? `f ${at + 1}` : undefined,
      on: ['incident'],
    })),
    ...templates.map((template, at) => ({
      id: `template.${template.number}`,
      label: d('menu.template', { name: template.name }),
      key: at < 9 ? `t ${at + 1}` : undefined,
      on: ['incident'],
    })),
    ...going.map(({ id, label, key }) => ({ id, label, key })),
  ];
  const set = async (id: string, key: string | undefined) => {
    const next = { ...own };
    if (key === undefined) delete next[id];
    else next[id] = key;
    const chosen = rows.find((row) => row.id === id);
    const fought = clashOf(
      rows.filter((row) => meet(chosen, row)),
      next,
      id,
    );
    if (fought) {
      setRefused({
        id,
        sentence: t('profile.keys_taken', { key: (next[id] ?? '').toUpperCase(), what: fought.label }),
      });
      return;
    }
    setRefused(null);
    try {
      await keepOwnKeys(next);
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  return (
    <section>
      <h2>{t('profile.keys')}</h2>
      <p className="q2">{t('profile.keys_text')}</p>
      <ul className="pf-keys">
        {/* Which verbs meet is known with the kinds of record; until then a free key could be refused. */}
        {(types.data ? rows : []).map((row) => (
          <li key={row.id}>
            <label htmlFor={`key-${row.id}`} className="cut">
              {row.label}
            </label>
            <input
              id={`key-${row.id}`}
              className="input"
              value={(keyOf(row.id, row.key, own) ?? '').toUpperCase()}
              readOnly
              aria-invalid={refused?.id === row.id ? true : undefined}
              aria-describedby={refused?.id === row.id ? 'key-refused' : undefined}
              onKeyDown={(event) => {
                if (event.key === 'Tab') return;
                event.preventDefault();
                if (event.key === 'Backspace' || event.key === 'Delete') void set(row.id, undefined);
                else {
                  const name = nameOfPress(event);
                  if (name && name.length === 1) void set(row.id, name);
                }
              }}
            />
            {refused?.id === row.id ? (
              <p id="key-refused" role="alert" className="err">
                {refused.sentence}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
