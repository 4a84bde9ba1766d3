import { useTranslation } from 'react-i18next';
import { Dialog } from '../kit/dialog';
import './key-help.css';
import { useAllActions } from './actions';
import { keyOf } from './key-map';
import { useOwnKeys } from './own-keys';

const order = ['record', 'here', 'create', 'go', 'house'] as const;

/** All keys that work here and now, grouped by what they touch. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell');
  const { t: d } = useTranslation('desk');
  const actions = useAllActions();
  const own = useOwnKeys();
  return (
    <Dialog title={t('keys.title')} lede={t('keys.lede')} onClose={onClose} wide>
      <p>
        <a className="link" href="/profile">
          {t('keys.own')}
        </a>
      </p>
      <div className="keys-grid">
        {order.map((group) => {
          const rows = actions.filter((action) => action.group === group && keyOf(action.id, action.key, own));
          if (rows.length === 0) return null;
          return (
            <section key={group}>
              <h3 className="s q">{t(`keys.${group}`)}</h3>
              <ul>
                {rows.map((action) => (
                  <li key={action.id}>
                    <span>{action.label}</span>
                    <span className="end nw">
                      {keyOf(action.id, action.key, own)
                        ?.split(' ')
                        .map((key, index) => (
                          <kbd className="key" key={`${key}${index + 1}`}>
                            {key.length === 1 ? key.toUpperCase() : key}
                          </kbd>
                        ))}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
        <section>
          <h3 className="s q">{t('keys.always')}</h3>
          <ul>
            <li>
              {t('keys.palette')}
              <kbd className="key end">Ctrl K</kbd>
            </li>
            <li>
              {t('keys.undo')}
              <span className="end nw">
                <kbd className="key">Z</kbd> <kbd className="key">Ctrl Z</kbd>
              </span>
            </li>
            <li>
              {t('keys.send')}
              <kbd className="key end">Ctrl ↵</kbd>
            </li>
            <li>
              {d('menu.answer_hold')}
              <kbd className="key end">Ctrl ⇧ ↵</kbd>
            </li>
          </ul>
        </section>
      </div>
    </Dialog>
  );
}
