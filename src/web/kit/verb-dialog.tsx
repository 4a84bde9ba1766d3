import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, sentenceOf } from '../api/client';
import type { FieldMeta, RecordRow, VerbMeta } from '../api/types';
import { useDraftOf } from '../words/use-draft';
import { useWords } from '../words/use-words';
import { Dialog } from './dialog';
import { FieldInput } from './field-input';
import { bodyOf, type Draft, draftOf } from './field-value';
import { Key } from './marks';
import { Restored } from './restored';
import { Refusal } from './states';

/** The input of a verb as a dialog, drawn from the verb's own schema. `perform` throws the server's refusal. */
export function VerbDialog({
  verb,
  record,
  perform,
  onClose,
  hints = {},
  first = {},
  omit = [],
  more,
}: {
  verb: VerbMeta;
  record: RecordRow;
  perform: (body: Record<string, unknown>) => Promise<unknown>;
  onClose: () => void;
  hints?: Record<string, string>;
  first?: Record<string, Draft>;
  /** Inputs that make no sense here. */
  omit?: readonly string[];
  /** What else is to be seen before it is done, by what was written so far. */
  more?: (body: Record<string, unknown>) => ReactNode;
}) {
  const { t } = useTranslation('kit');
  const words = useWords();
  const fields = verb.input.filter((field) => !omit.includes(field.name));
  // What was begun here and not done stands there again; whoever opens it for a purpose of its own begins anew.
  const kept = useDraftOf<Record<string, Draft>>(`${record.number}.${verb.verb}`);
  const [begun] = useState(() => (Object.keys(first).length === 0 ? kept.content : undefined));
  const [restored, setRestored] = useState(begun !== undefined);
  const fresh = () =>
    Object.fromEntries(fields.map((field) => [field.name, first[field.name] ?? startOf(field, verb, record)]));
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() => ({ ...fresh(), ...begun }));
  const change = (name: string, value: Draft) => {
    setRestored(false);
    setDrafts((all) => ({ ...all, [name]: value }));
    kept.write({ ...kept.content, [name]: value });
  };
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    if (busy) return;
    const missing: Record<string, string> = Object.fromEntries(
      fields
        .filter((field) => field.required && isEmpty(drafts[field.name] ?? null))
        .map((field) => [field.name, t('verb.missing')]),
    );
    const choice = verb.one_of ?? [];
    if (choice.length && choice.every((name) => isEmpty(drafts[name] ?? null))) missing[choice[0]!] = t('verb.one_of');
    setErrors(missing);
    if (Object.keys(missing).length) return;
    setBusy(true);
    setRefusal(null);
    try {
      await perform(bodyOf(fields, drafts));
      kept.write(null);
      onClose();
    } catch (error) {
      setBusy(false);
      const own =
        error instanceof Problem ? error.errors.filter((one) => fields.some((field) => field.name === one.field)) : [];
      setErrors(Object.fromEntries(own.map((one) => [one.field, one.message])));
      if (own.length === 0) setRefusal(error instanceof Problem ? error : new Error(sentenceOf(error)));
    }
  };

  return (
    <Dialog
      title={`${words.verb(verb.verb)} ${words.called(record)}`}
      lede={words.called(record) === record.number ? String(record.title ?? record.name ?? '') : undefined}
      onClose={onClose}
      onSubmit={submit}
      wide={more !== undefined}
      foot={
        <>
          <button type="submit" className="btn main" disabled={busy}>
            {words.verb(verb.verb)} <Key>Ctrl ↵</Key>
          </button>
          <button type="button" className="btn quiet" onClick={onClose}>
            {t('cancel')}
          </button>
        </>
      }
    >
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={drafts[field.name] ?? null}
          error={errors[field.name]}
          hint={hints[field.name] ?? words.help(String(record.type), field.name, field.help)}
          onChange={(value) => change(field.name, value)}
        />
      ))}
      {restored && kept.at ? (
        <p className="s q2">
          <Restored
            at={kept.at}
            onDiscard={() => {
              kept.write(null);
              setRestored(false);
              setDrafts(fresh());
            }}
          />
        </p>
      ) : null}
      {more?.(bodyOf(fields, drafts))}
      {fields.length === 0 ? <p className="q2">{t('verb.sure')}</p> : null}
      {refusal ? <Refusal error={refusal} /> : null}
    </Dialog>
  );
}

function isEmpty(draft: Draft): boolean {
  return draft === null || draft === '' || (Array.isArray(draft) && draft.length === 0);
}

/** Verbs that complete what stands on the record begin from it. */
const completing = new Set(['assess', 'document', 'fix', 'refer', 'schedule']);

/** Assigning begins from who has it now; what completes the record from what is there; everything else begins empty. */
function startOf(field: FieldMeta, verb: VerbMeta, record: RecordRow): Draft {
  if ((verb.verb === 'assign' && field.name === 'team_id') || completing.has(verb.verb)) return draftOf(field, record);
  return draftOf(field);
}
