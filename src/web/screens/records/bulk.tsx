import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem, query } from '../../api/client';
import { keys } from '../../api/keys';
import type { RecordType, VerbMeta } from '../../api/types';
import { Dialog } from '../../kit/dialog';
import { FieldInput } from '../../kit/field-input';
import { bodyOf, type Draft, draftOf } from '../../kit/field-value';
import { Refusal } from '../../kit/states';
import { say } from '../../kit/toast';
import { useWords } from '../../words/use-words';
import { type BulkItem, Preview, type Rehearsal } from './preview';

/** Which records a bulk verb is for: chosen ones, or all a filter finds. */
export type Chosen = { ids: string[] } | { filter: Record<string, string> };

/** So many are done in one message: their transaction stays short, and the bar moves. */
const atOnce = 100;

/** The verbs that make sense for many records at once. */
export function bulkVerbs(type: RecordType): VerbMeta[] {
  return type.verbs.filter((verb) => !verb.creates && !verb.own_route && verb.verb !== 'adjust');
}

type Told =
  | { step: 'preview'; run: Rehearsal }
  | { step: 'doing'; done: number; of: number }
  | { step: 'done'; run: Rehearsal; undo?: () => Promise<void> };

/** One verb for many records: first what would happen to each and who would be told, then doing it, then each result. */
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
  const { t: k } = useTranslation('kit');
  const words = useWords();
  const client = useQueryClient();
  const fields = verb.verb === 'edit' ? verb.input.filter((field) => field.kind !== 'json') : verb.input;
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, draftOf(field)])),
  );
  const [told, setTold] = useState<Told | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = (body: object, key?: string) =>
    ask<Rehearsal>(`/${type.plural}/bulk`, {
      method: 'POST',
      body: { verb: verb.verb, input: bodyOf(fields, drafts), ...body },
      idempotencyKey: key,
    });
  const fresh = async () => {
    await client.invalidateQueries({ queryKey: keys.lists(type.plural) });
    await client.invalidateQueries({ queryKey: ['record', type.plural] });
  };
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setRefusal(null);
    try {
      await work();
    } catch (error) {
      setRefusal(error instanceof Problem ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };

  const preview = () =>
    attempt(async () => {
      setTold(null);
      const whom = 'ids' in chosen ? { ids: chosen.ids } : { filter: query(chosen.filter).slice(1) };
      setTold({ step: 'preview', run: await send({ dry_run: true, ...whom }) });
    });

  const perform = (run: Rehearsal) =>
    attempt(async () => {
      const ids = run.items.filter((item) => item.status < 300).map((item) => item.number);
      const items: BulkItem[] = run.items.filter((item) => item.status >= 300);
      const acts: string[] = [];
      let undoable = true;
      try {
        for (let at = 0; at < ids.length; at += atOnce) {
          setTold({ step: 'doing', done: at, of: ids.length });
          const some = ids.slice(at, at + atOnce);
          const part = await send({ ids: some, in_parts: some.length < ids.length }, crypto.randomUUID());
          items.push(...part.items);
          if (part.bulk_id) acts.push(part.bulk_id);
          undoable &&= part.undo !== undefined;
        }
      } finally {
        await fresh();
        const undo = undoable && acts.length ? () => takeBack(acts) : undefined;
        setTold({ step: 'done', run: { bulk_id: null, items }, undo });
        if (undo) say(`${words.past(verb.verb)}: ${figure}`, { undo });
      }
    });

  /** The last part first: as it was done, so it is taken back. */
  const takeBack = async (acts: readonly string[]) => {
    const items: BulkItem[] = [];
    for (const act of [...acts].reverse())
      items.push(...(await ask<Rehearsal>(`/bulk/${act}/undo`, { method: 'POST', body: {} })).items);
    await fresh();
    const left = items.filter((item) => item.status >= 300).length;
    say(left ? t('bulk.left', { count: left }) : t('bulk.undone', { count: items.length }));
  };

  const run = told && told.step !== 'doing' ? told.run : null;
  const refused = run?.items.filter((item) => item.status >= 300).length ?? 0;
  const fine = (run?.items.length ?? 0) - refused;
  const ready = told?.step === 'preview' && fine > 0 ? told.run : null;
  const undo = told?.step === 'done' ? told.undo : undefined;
  return (
    <Dialog
      title={t('bulk.title', { verb: words.verb(verb.verb), figure })}
      onClose={onClose}
      onSubmit={() => {
        if (busy) return;
        if (told?.step === 'done') onClose();
        else void (ready ? perform(ready) : preview());
      }}
      wide
      foot={
        told?.step === 'done' ? (
          <>
            <button type="submit" className="btn main">
              {t('bulk.close')}
            </button>
            {undo ? (
              <button
                type="button"
                className="btn"
                onClick={() => {
                  onClose();
                  undo().catch((error: unknown) => say(String((error as Error).message), { tone: 'broken' }));
                }}
              >
                {k('undo')}
              </button>
            ) : null}
          </>
        ) : (
          <>
            <button type="submit" className="btn main" disabled={busy}>
              {ready ? t('bulk.do') : t('bulk.preview')}
            </button>
            {told?.step === 'preview' ? (
              <button type="button" className="btn quiet" disabled={busy} onClick={() => void preview()}>
                {t('bulk.again')}
              </button>
            ) : null}
            <span className="s q">{t('bulk.most')}</span>
          </>
        )
      }
    >
      {told?.step === 'done' || told?.step === 'doing'
        ? null
        : fields.map((field) => (
            <FieldInput
              key={field.name}
              field={verb.verb === 'edit' ? { ...field, required: false } : field}
              value={drafts[field.name] ?? null}
              hint={words.help(type.type, field.name, field.help)}
              onChange={(value) => {
                setTold(null);
                setDrafts((all) => ({ ...all, [field.name]: value }));
              }}
            />
          ))}
      {refusal ? <Refusal error={refusal} /> : null}
      {told?.step === 'doing' ? (
        <p className="bulk-progress">
          <progress max={told.of} value={told.done} aria-label={t('bulk.working')} />
          <span className="num q2">{t('bulk.progress', { done: told.done, of: told.of })}</span>
        </p>
      ) : null}
      {run ? (
        <div role="status">
          <p className="b">
            {t(told?.step === 'done' ? 'bulk.did' : 'bulk.would', { count: fine })}
            {refused ? ` · ${t('bulk.not', { count: refused })}` : ''}
          </p>
          <Preview run={run} type={type} nameOf={nameOf} label={t('bulk.list')} />
        </div>
      ) : null}
    </Dialog>
  );
}
