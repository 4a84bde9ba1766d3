import './foresight.css';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../api/client';
import { settle, useRecord, useType, useTypes } from '../../api/queries';
import type { HistoryLine, Page, RecordRow, RecordType } from '../../api/types';
import { Dialog } from '../../kit/dialog';
import { Field } from '../../kit/field';
import { Key, When } from '../../kit/marks';
import { EmptyState, Refusal, Skeleton } from '../../kit/states';
import { Missing } from '../../shell/missing';
import { useDone } from '../../shell/use-done';
import { pathOf, pluralOfPath } from '../../shell/use-href';
import { useTitle } from '../../shell/use-title';
import { titleOf } from '../../words/record';
import { useWords } from '../../words/use-words';
import { ForesightOf } from './foresight';
import { actorOf, shortValue, whyWords } from './history-words';

/** Every version of a record that is kept: who, when, why, before and after, and the way back to each. */
export function Versions() {
  const { plural: word = '', number = '' } = useParams({ strict: false }) as { plural?: string; number?: string };
  const types = useTypes();
  const type = useType(pluralOfPath(word));
  if (!types.data) return <Skeleton />;
  if (!type) return <Missing />;
  return <VersionsOf type={type} number={number} key={number} />;
}

function VersionsOf({ type, number }: { type: RecordType; number: string }) {
  const { t } = useTranslation('admin');
  const { t: k } = useTranslation('kit');
  const words = useWords();
  const record = useRecord(type.plural, number);
  const [going, setGoing] = useState<HistoryLine | null>(null);
  useTitle(t('versions.title', { number }));
  const lines = useInfiniteQuery({
    queryKey: ['record', type.plural, number, 'versions'],
    queryFn: ({ pageParam }) =>
      ask<Page<HistoryLine>>(
        `/${type.plural}/${encodeURIComponent(number)}/history${query({ limit: 100, cursor: pageParam })}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (lines.isPending || record.isPending) return <Skeleton />;
  if (!record.data) return <Missing />;
  if (lines.isError) return <Refusal error={lines.error} />;
  const fields = new Map(type.fields.map((field) => [field.name, field]));
  const all = lines.data.pages
    .flatMap((page) => page.items)
    .map((line) => ({ line, changes: line.changes.filter(({ field }) => fields.has(field) && field !== 'title') }))
    .filter(({ changes }) => changes.length > 0);
  const mayGo = record.data.offers?.includes('edit') ?? false;
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('versions.title', { number: titleOf(record.data) || number })}</h1>
          <p className="lede">{t('versions.lede')}</p>
        </div>
        <div className="tools">
          <Link className="btn" to={`${pathOf(type.plural)}/${number}`}>
            {t('versions.to_record')}
          </Link>
        </div>
      </header>
      {all.length === 0 ? <EmptyState title={t('versions.none')} /> : null}
      <ol className="versions">
        {all.map(({ line, changes }, at) => (
          <li key={line.id}>
            <header>
              <p>
                <span className="b">{actorOf(line).name}</span>{' '}
                {words.past(line.name).toLocaleLowerCase(words.language)} <When at={line.at} className="q num" />
                {whyWords(line.why) ? <span className="s q2"> {whyWords(line.why)}</span> : null}
                {reasonOf(line) ? <span className="s q2"> {reasonOf(line)}</span> : null}
              </p>
              {at === 0 ? <span className="s q">{t('versions.now')}</span> : null}
              {at > 0 && mayGo ? (
                <button type="button" className="btn" onClick={() => setGoing(line)}>
                  {t('versions.back')}
                </button>
              ) : null}
            </header>
            <dl className="s">
              {changes.map(({ field, before, after }) => (
                <div key={field}>
                  <dt className="q2">{words.field(field, fields.get(field)?.label)}</dt>
                  <dd>
                    {isNothing(before) ? null : (
                      <>
                        <del className="q">{shortValue(before, field, words)}</del> →{' '}
                      </>
                    )}
                    {shortValue(after, field, words)}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
      {lines.hasNextPage ? (
        <p>
          <button type="button" className="btn" onClick={() => void lines.fetchNextPage()}>
            {t('changed.more')}
          </button>
        </p>
      ) : null}
      {going ? (
        <GoBack type={type} record={record.data} line={going} onClose={() => setGoing(null)} cancel={k('cancel')} />
      ) : null}
    </div>
  );
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** A reason somebody gave stands among the changes, though it is no field. */
function reasonOf(line: HistoryLine): string | null {
  const said = line.changes.find(({ field }) => field === 'reason')?.after;
  return typeof said === 'string' ? said : null;
}

/** What going back would change, and then going back: an edit like any other. */
function GoBack({
  type,
  record,
  line,
  onClose,
  cancel,
}: {
  type: RecordType;
  record: RecordRow;
  line: HistoryLine;
  onClose: () => void;
  cancel: string;
}) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const done = useDone();
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      const after = await ask<RecordRow>(`/${type.plural}/${encodeURIComponent(record.number)}/back`, {
        method: 'POST',
        body: { line: line.id, ...(reason ? { reason } : {}) },
        ifMatch: record.version,
      });
      settle(client, type.plural, record.number, after);
      done(type.plural, record.number, t('versions.done', { number: record.number }), after);
      onClose();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('versions.back')}
      lede={<When at={line.at} />}
      onClose={onClose}
      onSubmit={() => void go()}
      wide
      foot={
        <>
          <button type="submit" className="btn main" disabled={busy}>
            {t('versions.do')} <Key>Ctrl ↵</Key>
          </button>
          <button type="button" className="btn quiet" onClick={onClose}>
            {cancel}
          </button>
        </>
      }
    >
      <Field label={t('versions.reason')}>
        {(ids) => (
          <input {...ids} className="input" value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <ForesightOf plural={type.plural} number={record.number} verb="back" input={{ line: line.id }} />
      {refusal ? <Refusal error={refusal} /> : null}
    </Dialog>
  );
}
