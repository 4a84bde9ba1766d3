import './editors.css';
import { useTranslation } from 'react-i18next';
import { useTypes } from '../../../api/queries';
import type { Ref } from '../../../api/types';
import { RefPicker } from '../../../kit/ref-picker';
import { useWords } from '../../../words/use-words';
import type { EditorProps } from './editor';

type Match = Record<string, Ref | string | number | null | undefined>;
const references = [
  ['service_id', 'services'],
  ['department', 'departments'],
  ['organization_id', 'organizations'],
] as const;

/** For which records an agreement holds: everything that is named must fit. */
export default function MatchEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const types = useTypes();
  const there = references.filter(([, plural]) => types.data?.some((type) => type.plural === plural));
  const match = (value ?? {}) as Match;
  const set = (name: string, one: unknown) => {
    const next: Record<string, unknown> = { ...match };
    if (one === null || one === '') delete next[name];
    else next[name] = one;
    onChange(next);
  };
  const picked = (one: Match[string]) =>
    one && typeof one === 'object' ? one : typeof one === 'string' ? { number: one, name: one } : null;
  return (
    <div className="ed-rows">
      {there.map(([name, plural]) => (
        <div key={name} className="ed-row">
          <span>{words.field(name)}</span>
          <RefPicker
            plural={plural}
            value={picked(match[name])}
            ids={{ 'aria-label': words.field(name) }}
            placeholder={t('edit.any')}
            onChange={(one) => set(name, one)}
          />
        </div>
      ))}
      <label className="ed-row">
        <span>{words.field('priority')}</span>
        <select
          className="input"
          value={String(match.priority ?? '')}
          onChange={(event) => set('priority', event.target.value ? Number(event.target.value) : null)}
        >
          <option value="">{t('edit.any')}</option>
          {[1, 2, 3, 4, 5].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
    </div>
  );
}
