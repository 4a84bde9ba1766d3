import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../../api/client';
import type { Page } from '../../../api/types';
import { filledText } from '../../../desk/templates';
import { Facts, Section } from '../../../kit/facts';
import { Field } from '../../../kit/field';
import { Markdown } from '../../../kit/markdown';
import { useWords } from '../../../words/use-words';
import type { Side } from './side';

/** How a template reads on a record, and which variables there are. */
export default function Template({ record }: Side) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const [number, setNumber] = useState('');
  const asked = number.trim().toUpperCase();
  const read = useQuery({
    queryKey: ['preview', record.number, record.version, asked],
    queryFn: () => filledText(String(record.text ?? ''), asked),
    enabled: /^[A-Z]{2,6}-\d+$/.test(asked),
    retry: false,
  });
  const variables = useQuery({
    queryKey: ['variables'],
    queryFn: () => ask<Page<{ name: string; says: string }>>('/text-templates/variables'),
    staleTime: 3_600_000,
  });
  return (
    <>
      <Section title={t('menu.preview')}>
        <Field label={t('menu.preview_on')} error={read.isError ? sentenceOf(read.error) : undefined}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              value={number}
              placeholder={t('menu.number')}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </Field>
        <Markdown text={read.data?.text ?? String(record.text ?? '')} />
        {read.data?.missing.length ? (
          <p className="s q2">{t('menu.missing', { names: read.data.missing.join(', ') })}</p>
        ) : null}
      </Section>
      <Section title={t('menu.variables')}>
        <Facts
          rows={(variables.data?.items ?? []).map((one): [string, string] => [
            `{{${one.name}}}`,
            words.variable(one.name, one.says),
          ])}
        />
      </Section>
    </>
  );
}
