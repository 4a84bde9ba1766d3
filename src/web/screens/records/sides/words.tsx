import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deliveredWords, type Language } from '../../../i18n';
import { Facts, Section } from '../../../kit/facts';
import { Skeleton } from '../../../kit/states';
import { useWords } from '../../../words/use-words';
import type { Side } from './side';

/** The words of a vocabulary beside the delivered ones. */
export default function WordsTable({ record }: Side) {
  const { t } = useTranslation('admin');
  const words = useWords();
  const spoken = (record.language === 'de' ? 'de' : 'en') satisfies Language;
  const delivered = useQuery({
    queryKey: ['delivered', spoken],
    queryFn: () => deliveredWords(spoken),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const own = Object.entries((record.words ?? {}) as Record<string, string>).sort();
  if (!delivered.data) return <Skeleton rows={3} height={28} />;
  return (
    <Section title={words.field('words')} note={words.number(own.length)}>
      <Facts
        rows={own.map(([key, word]) => {
          const [kind = '', name = ''] = key.split('.');
          return [`${delivered.data[kind]?.[name] ?? name} (${t(`words.${kind as 'type'}`)})`, word];
        })}
      />
    </Section>
  );
}
