import './editors.css';
import './words.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTypes } from '../../../api/queries';
import { deliveredWords, language } from '../../../i18n';
import { StateGlyph } from '../../../kit/glyphs';
import type { EditorProps } from './editor';

const kinds = ['type', 'plural', 'state', 'verb', 'past', 'role'] as const;

/** What states and records look like with these words: a page's head, an entry of the menu, pills. */
function Shown({ title, word }: { title: string; word: (key: string) => string }) {
  const { t } = useTranslation('admin');
  return (
    <section className="wd-shown" aria-label={title}>
      <p className="s q">{title}</p>
      <p className="wd-head">{t('words.head', { what: word('type.incident') })}</p>
      <p>
        {['new', 'in_progress', 'on_hold', 'resolved'].map((state) => (
          <span className="state" key={state}>
            <StateGlyph state={state} /> {word(`state.${state}`)}
          </span>
        ))}
      </p>
      <p>
        <span className="btn">{word('verb.resolve')}</span>{' '}
        <span className="q2">{t('words.list', { what: word('plural.incident') })}</span>
      </p>
    </section>
  );
}

/** Own words beside the delivered ones, with how they look. Empty is the delivered word. */
export default function WordsEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('admin');
  const types = useTypes();
  const [text, setText] = useState('');
  const [spoken, setSpoken] = useState(language());
  const catalogue = useQuery({
    queryKey: ['delivered', spoken],
    queryFn: () => deliveredWords(spoken),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const own = (value ?? {}) as Record<string, string>;
  if (!catalogue.data || !types.data) return null;
  const delivered = (key: string) => {
    const [kind = '', name = ''] = key.split('.');
    return catalogue.data[kind]?.[name] ?? '';
  };
  const word = (key: string) => own[key] || delivered(key);
  const usable: Record<string, Set<string>> = {
    type: new Set(types.data.map(({ type }) => type)),
    plural: new Set(types.data.map(({ type }) => type)),
    state: new Set(types.data.flatMap(({ states }) => states.map(({ name }) => name))),
    verb: new Set(types.data.flatMap(({ verbs }) => verbs.map(({ verb }) => verb))),
  };
  const set = (key: string, next: string) => {
    const { [key]: _gone, ...rest } = own;
    onChange(next === '' ? rest : { ...rest, [key]: next });
  };
  const wanted = text.trim().toLocaleLowerCase();
  const fits = (key: string) =>
    wanted === '' ||
    word(key).toLocaleLowerCase().includes(wanted) ||
    delivered(key).toLocaleLowerCase().includes(wanted);
  return (
    <div className="wd">
      <div className="wd-pair">
        <Shown title={t('words.before')} word={delivered} />
        <Shown title={t('words.after')} word={word} />
      </div>
      <p className="wd-find">
        <input
          className="input"
          type="search"
          aria-label={t('words.find')}
          placeholder={t('words.find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <select
          className="input"
          aria-label={t('words.delivered')}
          value={spoken}
          onChange={(event) => setSpoken(event.target.value as 'en' | 'de')}
        >
          <option value="en">English</option>
          <option value="de">Deutsch</option>
        </select>
        <span className="s q">{t('words.empty')}</span>
      </p>
      {kinds.map((kind) => {
        const names = Object.keys(catalogue.data[kind] ?? {})
          .filter((name) => usable[kind]?.has(name) ?? true)
          .filter((name) => fits(`${kind}.${name}`));
        if (names.length === 0) return null;
        return (
          <details key={kind} open={wanted !== '' || kind === 'type' || names.some((name) => own[`${kind}.${name}`])}>
            <summary>{t(`words.${kind}`)}</summary>
            <div className="wd-list">
              {names.map((name) => {
                const key = `${kind}.${name}`;
                return (
                  <label key={key}>
                    <span className="q2 cut">{delivered(key)}</span>
                    <input
                      className="input"
                      maxLength={60}
                      placeholder={delivered(key)}
                      value={own[key] ?? ''}
                      onChange={(event) => set(key, event.target.value)}
                    />
                  </label>
                );
              })}
            </div>
          </details>
        );
      })}
    </div>
  );
}
