import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/client';
import { useType } from '../../api/queries';
import type { FieldMeta, RecordRow } from '../../api/types';
import { FieldInput } from '../../kit/field-input';
import { bodyOf, type Draft, draftOf, shapeOf } from '../../kit/field-value';
import { Key } from '../../kit/marks';
import { Restored } from '../../kit/restored';
import { Refusal } from '../../kit/states';
import { useDraftOf } from '../../words/use-draft';
import { useWords } from '../../words/use-words';
import { hasEditor, StructuredInput } from './editors';
import { type Foreseen, Foresight } from './foresight';
import { FormPart, isAsked } from './form-part';

/** Fields first that people think of first. */
const early = ['name', 'title', 'email', 'customer_name', 'description', 'record_type', 'key', 'label', 'kind'];

/** The form of any record: to make it (`record` absent) or to change its fields. `save` throws the refusal. */
export function RecordForm({
  fields,
  record,
  save,
  onCancel,
  doing,
  first = {},
  place,
  type,
  lookAhead,
}: {
  fields: FieldMeta[];
  record?: RecordRow;
  save: (body: Record<string, unknown>) => Promise<unknown>;
  onCancel: () => void;
  doing: string;
  first?: Record<string, Draft>;
  /** Where what is written is kept until it is saved. */
  place: string;
  /** The kind of record, for what it shows below the form. */
  type?: string;
  /** Rehearses what would be sent: then it is saved in a second step, when its effect was seen. Throws the refusal. */
  lookAhead?: (body: Record<string, unknown>) => Promise<Foreseen>;
}) {
  const { t } = useTranslation('kit');
  const { t: a } = useTranslation('admin');
  const kind = useType(type ?? '');
  const words = useWords();
  const ordered = [...fields].sort((a, b) => rank(a) - rank(b));
  // Only what was touched is kept, so that another's change of the rest is not written over.
  const kept = useDraftOf<Record<string, Draft>>(place);
  const [begun] = useState(() => kept.content);
  const [restored, setRestored] = useState(begun !== undefined);
  const fresh = () =>
    Object.fromEntries(ordered.map((field) => [field.name, first[field.name] ?? draftOf(field, record)]));
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() => ({ ...fresh(), ...begun }));
  const change = (name: string, value: Draft) => {
    setRestored(false);
    setSeen(null);
    setDrafts((all) => ({ ...all, [name]: value }));
    kept.write({ ...kept.content, [name]: value });
  };
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [seen, setSeen] = useState<Foreseen | null>(null);
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    setErrors({});
    try {
      const body = bodyOf(ordered, drafts, record);
      if (lookAhead && !seen && Object.keys(body).length > 0) setSeen(await lookAhead(body));
      else {
        await save(body);
        kept.write(null);
      }
    } catch (error) {
      const own =
        error instanceof Problem
          ? error.errors.filter((one) => ordered.some((field) => field.name === one.field.split('.')[0]))
          : [];
      setErrors(Object.fromEntries(own.map((one) => [one.field.split('.')[0]!, one.message])));
      if (own.length === 0) setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  // Whoever opens a form by key goes on writing; on a phone the keyboard comes when it is asked for.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (matchMedia('(min-width: 861px)').matches)
      form.current?.querySelector<HTMLElement>('.form-grid :is(input, textarea, select)')?.focus();
  }, []);
  return (
    <form
      ref={form}
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void submit();
        }
      }}
    >
      <div className="form-grid">
        {ordered
          .filter((field) => isAsked(type, field.name, drafts))
          .map((field) => (
            <div
              key={field.name}
              className={
                ['long', 'json', 'refs'].includes(shapeOf(field)) || field.name === 'name' || field.name === 'title'
                  ? 'whole'
                  : undefined
              }
            >
              {hasEditor(field.name) && field.kind === 'json' ? (
                <StructuredInput
                  name={field.name}
                  label={words.field(field.name, field.label)}
                  text={String(drafts[field.name] ?? '')}
                  error={errors[field.name]}
                  onChange={(text) => change(field.name, text)}
                />
              ) : (
                <FieldInput
                  field={field}
                  value={drafts[field.name] ?? null}
                  error={errors[field.name]}
                  hint={words.help(type ?? '', field.name, field.help)}
                  onChange={(value) => change(field.name, value)}
                />
              )}
            </div>
          ))}
      </div>
      <FormPart type={type} number={record?.number} body={() => bodyOf(ordered, drafts, record)} />
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
      {seen ? <Foresight seen={seen} type={kind} /> : null}
      {refusal ? <Refusal error={refusal} /> : null}
      <div className="form-foot">
        <button type="submit" className="btn main" disabled={busy}>
          {lookAhead && !seen ? a('foresight.look') : doing} <Key>Ctrl ↵</Key>
        </button>
        <button
          type="button"
          className="btn quiet"
          onClick={() => {
            kept.write(null);
            onCancel();
          }}
        >
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function rank(field: FieldMeta): number {
  const at = early.indexOf(field.name);
  if (at >= 0) return at;
  return field.required ? 20 : field.name.startsWith('x_') ? 40 : 30;
}
