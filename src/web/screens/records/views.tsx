import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../kit/glyphs';
import { say } from '../../kit/toast';

interface SavedView {
  name: string;
  filter?: string;
  sort?: string;
  columns?: string;
}

/** The views of a record type this browser keeps. */
export function readViews(type: string): SavedView[] {
  try {
    const kept = JSON.parse(localStorage.getItem(`tl.views.${type}`) ?? '[]') as unknown;
    return Array.isArray(kept) ? (kept as SavedView[]) : [];
  } catch {
    return [];
  }
}

/** Filter, order and columns of a list under a name. They lie in this browser, and the screen says so. */
export function Views({
  type,
  view,
  onOpen,
}: {
  type: string;
  view: Omit<SavedView, 'name'>;
  onOpen: (view: Omit<SavedView, 'name'>) => void;
}) {
  const { t } = useTranslation('records');
  const key = `tl.views.${type}`;
  const [views, setViews] = useState(() => readViews(type));
  const [name, setName] = useState('');
  const write = (next: SavedView[]) => {
    setViews(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Without storage the views hold for this visit.
    }
  };
  const save = () => {
    const called = name.trim();
    if (!called) return;
    write([
      ...views.filter((one) => one.name !== called),
      { name: called, filter: view.filter, sort: view.sort, columns: view.columns },
    ]);
    setName('');
    say(t('views.saved', { name: called }));
  };
  return (
    <details className="cols-choice">
      <summary className="link">{t('views.title')}</summary>
      <div className="cols-pop">
        {views.length === 0 ? <p className="q2">{t('views.none')}</p> : null}
        <ul>
          {views.map((one) => (
            <li key={one.name} className="pick-row">
              <button
                type="button"
                className="pick-b cut"
                onClick={() => onOpen({ filter: one.filter, sort: one.sort, columns: one.columns })}
              >
                {one.name}
              </button>
              <button
                type="button"
                className="icon-btn"
                aria-label={t('views.remove', { name: one.name })}
                onClick={() => write(views.filter((other) => other !== one))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
        <div className="pick-save">
          <input
            className="input"
            value={name}
            aria-label={t('views.name')}
            placeholder={t('views.name')}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              save();
            }}
          />
          <button type="button" className="btn" disabled={!name.trim()} onClick={save}>
            {t('views.save')}
          </button>
        </div>
        <p className="s q">{t('views.device')}</p>
      </div>
    </details>
  );
}
