import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../../api/client';
import type { Page, RecordRow } from '../../../api/types';
import { Section } from '../../../kit/facts';
import { useHref } from '../../../shell/use-href';
import { titleOf } from '../../../words/record';
import PersonalData from './personal-data';
import type { Side } from './side';

/** What a person's page has beside the fields: who was merged into them, and what is kept about them. */
export default function PersonSide({ record }: Side) {
  return (
    <>
      <MergedPeople record={record} />
      <PersonalData record={record} />
    </>
  );
}

function MergedPeople({ record }: Side) {
  const { t } = useTranslation('account');
  const hrefOf = useHref();
  const merged = useQuery({
    queryKey: ['list', 'people', 'merged', record.number],
    queryFn: () =>
      ask<Page<RecordRow>>(`/people${query({ merged_into_id: record.number, fields: 'number,name', limit: 50 })}`),
    retry: false,
  });
  if (!merged.data?.items.length) return null;
  return (
    <Section title={t('merge.same')}>
      <ul>
        {merged.data.items.map((one) => (
          <li key={one.id}>
            <a className="link" href={hrefOf(one.number, 'person')}>
              <span className="num">{one.number}</span> {titleOf(one)}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
