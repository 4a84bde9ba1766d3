import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem, query } from '../../api/client';
import { keys } from '../../api/keys';
import type { RecordType, VerbMeta } from '../../api/types';
import { Dialog } from '../../kit/dialog';
import { FieldInput } from '../../kit/field-input';
import { bodyOf, type Draft, draftOf } from '../../kit/field-value';
import { HealthStop } from '../../kit/glyphs';
import { Refusal } from '../../kit/states';
import { useWords } from '../../words/use-words';

/** Which records a bulk verb is for: chosen ones, or all a filter finds. */
export type Chosen = { ids: string[] } | { filter: Record<string, string> };

interface BulkResult {
  bulk_id: string | null;
  items: { number: string; status: number; version?: number; problem?: { detail?: string; title?: string } }[];
}

/** The verbs that make sense for many records at once. */
export function bulkVerbs(type: RecordType): VerbMeta[] {
  return type.verbs.filter((verb) => !verb.creates && !verb.own_route && verb.verb !== 'adjust');
}

/** One verb for many records: first what would happen to each, then doing it, then what happened to each. */
export function BulkDialog({
  type,
  verb,
  chosen,
  figure,
  nameOf,
  onClose,
}: {
  type: RecordType;
  verb: VerbMeta;
  chosen: Chosen;
  /** How many, in words. */
  figure: string;
  /** The title of a record the list already knows, by id or number. */
  nameOf: (address: string) => { number: string; title: string } | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation('records');
  const words = useWords();
  const client = useQueryClient();
  const fields = verb.verb === 'edit' ? verb.input.filter((field) => field.kind !== 'json') : verb.input;
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, draftOf(field)])),
  );
  const [told, setTold] = useState<{ result: BulkResult; done: boolean } | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const go = async (dry: boolean) => {
    setBusy(true);
    setRefusal(null);
    try {
      const whom = 'ids' in chosen ? { ids: chosen.ids } : { filter: query(chosen.filter).slice(1) };
      const result = await ask<BulkResult>(`/${type.plural}/bulk`, {
        method: 'POST',
        body: { verb: verb.verb, input: bodyOf(fields, drafts), dry_run: dry, ...whom },
        idempotencyKey: dry ? undefined : crypto.randomUUID(),
      });
      setTold({ result, done: !dry });
      if (!dry) {
        await client.invalidateQueries({ queryKey: keys.lists(type.plural) });
        await client.invalidateQueries({ queryKey: ['record', type.plural] });
      }
    } catch (error) {
      setTold(null);
      setRefusal(error instanceof Problem ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  const refused = told?.result.items.filter((item) => item.status >= 300) ?? [];
  const fine = (told?.result.items.length ?? 0) - refused.length;
  const mayDo = told !== null && !told.done && fine > 0;
  return (
    <Dialog
      title={t('bulk.title', { verb: words.verb(verb.verb), figure })}
      onClose={onClose}
      onSubmit={() => void (mayDo ? go(false) : told?.done ? onClose() : go(true))}
      wide
      foot={
        told?.done ? (
          <button type="submit" className="btn main">
            {t('bulk.close')}
          </button>
        ) : (
          <>
            <button type="submit" className="btn main" disabled={busy}>
              {mayDo ? t('bulk.do') : t('bulk.preview')}
            </button>
            {told ? (
              <button type="button" className="btn quiet" disabled={busy} onClick={() => void go(true)}>
                {t('bulk.again')}
              </button>
            ) : null}
            <span className="s q">{t('bulk.most')}</span>
          </>
        )
      }
    >
      {told?.done
        ? null
        : fields.map((field) => (
            <FieldInput
              key={field.name}
              field={verb.verb === 'edit' ? { ...field, required: false } : field}
              value={drafts[field.name] ?? null}
              onChange={(value) => {
                setTold(null);
                setDrafts((all) => ({ ...all, [field.name]: value }));
              }}
            />
          ))}
      {refusal ? <Refusal error={refusal} /> : null}
      {told ? (
        <div role="status">
          <p className="b">
            {t(told.done ? 'bulk.did' : 'bulk.would', { count: fine })}
            {refused.length ? ` · ${t('bulk.not', { count: refused.length })}` : ''}
          </p>
          <ul className="bulk-list" aria-label={t('bulk.list')}>
            {[...refused, ...told.result.items.filter((item) => item.status < 300)].slice(0, 200).map((item) => {
              const known = nameOf(item.number);
              return (
                <li key={item.number}>
                  <HealthStop mark={item.status < 300 ? 'good' : 'broken'} />
                  <span className="num q2 nw">{known?.number ?? item.number}</span>
                  <span className="cut">{known?.title ?? ''}</span>
                  <span className="s q2">
                    {item.status < 300 ? t('bulk.fine') : (item.problem?.detail ?? item.problem?.title)}
                  </span>
                </li>
              );
            })}
          </ul>
        </div>
      ) : null}
    </Dialog>
  );
}
