import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client';
import { useMe } from '../../../api/queries';
import { Section } from '../../../kit/facts';
import { Refusal } from '../../../kit/states';
import { useHref } from '../../../shell/use-href';
import { useWords } from '../../../words/use-words';
import type { Side } from './side';

interface Without {
  total: number;
  of: number;
  items: { id: string; number: string; name: string }[];
  next: string | null;
}

/** Whoever the rule asks for a second factor and has none yet: how many, and for administrators who. */
export default function WithoutFactor({ record }: Side) {
  const { t } = useTranslation('account');
  const words = useWords();
  const hrefOf = useHref();
  const me = useMe();
  const found = useQuery({
    queryKey: ['list', 'people', 'without-second-factor', record.number, record.version],
    queryFn: () => ask<Without>(`/sign-in-rules/${record.number}/without-second-factor?limit=500`),
    retry: false,
  });
  if (found.error) return <Refusal error={found.error} />;
  if (!found.data) return null;
  const { total, of, items, next } = found.data;
  const named = me.data?.roles?.includes('administrator') ?? false;
  return (
    <Section title={t('without.title')} note={words.number(total)}>
      <p className="q2">
        {total === 0 ? t('without.none', { count: of }) : t('without.some', { count: total, of: words.number(of) })}
      </p>
      {named && items.length > 0 ? (
        <ul className="pf-people">
          {items.map((one) => (
            <li key={one.id}>
              <a className="link" href={hrefOf(one.number, 'person')}>
                <span className="num">{one.number}</span> {one.name}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {next ? <p className="q2">{t('without.more', { count: total - items.length })}</p> : null}
    </Section>
  );
}
