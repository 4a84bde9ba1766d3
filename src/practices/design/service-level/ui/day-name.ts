import { useTranslation } from 'react-i18next';
import { useWords } from '../../../../web/words/use-words';

/** A day of a calendar as people say it; `*-12-25` is the day of every year. */
export function useDayName(): (on: string) => string {
  const { t } = useTranslation('levels');
  const words = useWords();
  const yearly = new Intl.DateTimeFormat(words.language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return (on) =>
    on.startsWith('*-')
      ? t('calendar.each_year', { date: yearly.format(new Date(`2024-${on.slice(2)}T12:00:00Z`)) })
      : words.date(on);
}
