import './handed.css';
import { useTranslation } from 'react-i18next';
import { Markdown } from '../../../../web/kit/markdown';
import { When } from '../../../../web/kit/marks';
import { useHref } from '../../../../web/shell/use-href';
import { useAround } from './around';

/** What comes with an incident from another team: who gave it, why, and what was written there last. */
export function HandedNote({ number }: { number: string }) {
  const { t } = useTranslation('incident');
  const hrefOf = useHref();
  const handed = useAround(number).data?.handed;
  if (!handed) return null;
  return (
    <section className="handed" aria-label={t('handed.title')}>
      <p className="s">
        <span className="b">{t('handed.from', { team: handed.from ?? t('handed.another') })}</span>{' '}
        <span className="q2">
          {handed.by} <When at={handed.at} />
        </span>
      </p>
      {handed.reason ? <p>{handed.reason}</p> : <p className="q2">{t('handed.no_reason')}</p>}
      {handed.notes.length ? (
        <details>
          <summary className="s">{t('handed.notes', { count: handed.notes.length })}</summary>
          <ul>
            {handed.notes.map((note) => (
              <li key={note.at}>
                <p className="s q2">
                  {note.by} <When at={note.at} />
                </p>
                <Markdown text={note.text} hrefOf={hrefOf} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
