import { useTranslation } from 'react-i18next';
import { useWords } from '../words/use-words';

/** Says that what stands here was begun before, and lets it go. */
export function Restored({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const { t } = useTranslation('kit');
  const words = useWords();
  return (
    <span>
      {t('talk.restored', { at: words.when(at) })}{' '}
      <button type="button" className="link" onClick={onDiscard}>
        {t('talk.discard')}
      </button>
    </span>
  );
}
