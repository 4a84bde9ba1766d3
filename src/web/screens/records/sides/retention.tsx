import '../../told.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../../api/client';
import { settle, usePart, useType } from '../../../api/queries';
import { Section } from '../../../kit/facts';
import { When } from '../../../kit/marks';
import { Refusal, Skeleton } from '../../../kit/states';
import { say } from '../../../kit/toast';
import { useHref } from '../../../shell/use-href';
import { useWords } from '../../../words/use-words';
import type { Side } from './side';

interface Preview {
  count: number;
  sample: { number: string; title: string; ended_at: string }[];
  fields: string[];
  conversation: boolean;
  attachments: boolean;
}

/** What a run of the rule would take away now, and the run itself, confirmed once. */
export default function Retention({ record }: Side) {
  const { t } = useTranslation('told');
  const words = useWords();
  const client = useQueryClient();
  const hrefOf = useHref();
  const kind = String(record.record_type ?? '');
  const type = useType(kind);
  const preview = usePart<Preview>('retention-rules', record.number, 'preview');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const done = await ask<{ records: number }>(`/retention-rules/${record.number}/run`, {
        method: 'POST',
        body: {},
      });
      say(t('keep.done', { count: done.records }));
      settle(client, 'retention-rules', record.number);
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    } finally {
      setBusy(false);
      setAsked(false);
    }
  };
  const found = preview.data;
  return (
    <Section
      title={t('keep.title')}
      note={found ? t('keep.count', { count: found.count, figure: words.number(found.count) }) : null}
    >
      {preview.isPending ? <Skeleton rows={3} height={28} /> : null}
      {preview.isError ? <Refusal error={preview.error} /> : null}
      {found ? (
        <>
          <p className="q2">
            {found.fields?.length
              ? `${t('keep.goes', {
                  fields: found.fields
                    .map((name) => words.field(name, type?.fields.find((field) => field.name === name)?.label))
                    .join(', '),
                })} `
              : ''}
            {found.conversation ? `${t('keep.conversation')} ` : ''}
            {found.attachments ? `${t('keep.attachments')} ` : ''}
            {t('keep.stays')}
          </p>
          {found.count === 0 ? <p className="q keep-none">{t('keep.none')}</p> : null}
          {found.count > 0 ? (
            <>
              <p className="s q keep-first">{t('keep.first')}</p>
              <ul className="dlv">
                {found.sample.slice(0, 8).map((one) => (
                  <li key={one.number} className="two">
                    <span className="cut">
                      <a className="u num q2" href={hrefOf(one.number, kind)}>
                        {one.number}
                      </a>{' '}
                      {one.title}
                    </span>
                    <When at={one.ended_at} className="q s num nw" />
                  </li>
                ))}
              </ul>
              {asked ? (
                <p className="keep-sure" role="alert">
                  <span className="b">{t('keep.sure', { figure: words.number(found.count) })}</span>
                  <button type="button" className="btn broken" disabled={busy} onClick={() => void run()}>
                    {t('keep.confirm')}
                  </button>
                </p>
              ) : (
                <button type="button" className="btn" onClick={() => setAsked(true)}>
                  {t('keep.run')}
                </button>
              )}
            </>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}
