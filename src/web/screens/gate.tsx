import './sign-in.css';
import { useTranslation } from 'react-i18next';
import { languages, speak } from '../i18n';
import { Mark } from '../kit/glyphs';
import { useTitle } from '../shell/use-title';

/** The frame of everything before one is inside: the line, a sentence, a form. */
export function Gate({ title, lede, children }: { title: string; lede?: string; children: React.ReactNode }) {
  const { t, i18n } = useTranslation('house');
  useTitle(title);
  return (
    <main className="gate">
      <div className="gate-line" aria-hidden="true">
        <svg viewBox="0 0 420 72">
          <path className="had" d="M6 24h118M136 24h118" />
          <path className="ahead" d="M266 24h118" />
          <circle className="stop" cx="6" cy="24" r="4" />
          <circle className="stop" cx="130" cy="24" r="4" />
          <circle className="now" cx="260" cy="24" r="5" />
          <circle className="todo" cx="390" cy="24" r="4" />
          <text x="0" y="52">
            {t('gate.goal')}
          </text>
          <text x="130" y="52" textAnchor="middle">
            {t('gate.service')}
          </text>
          <text x="260" y="52" textAnchor="middle">
            {t('gate.you')}
          </text>
          <text x="398" y="52" textAnchor="end">
            {t('gate.next')}
          </text>
        </svg>
      </div>
      <p className="mark gate-mark">
        <Mark />
        Throughline
      </p>
      <h1>{title}</h1>
      {lede ? <p className="q2 gate-lede">{lede}</p> : null}
      {children}
      <p className="gate-lang s">
        {languages.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            className={i18n.language === language ? 'b' : 'link'}
            aria-pressed={i18n.language === language}
            onClick={() => void speak(language)}
          >
            {t(`language.${language}`)}
          </button>
        ))}
      </p>
    </main>
  );
}
