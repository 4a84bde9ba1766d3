import '../../../../web/screens/records/records.css';
import './new.css';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem } from '../../../../web/api/client';
import { settle, useType } from '../../../../web/api/queries';
import type { FieldMeta, RecordRow } from '../../../../web/api/types';
import { useTemplates } from '../../../../web/desk/templates';
import { Field } from '../../../../web/kit/field';
import { FieldInput } from '../../../../web/kit/field-input';
import { bodyOf, type Draft } from '../../../../web/kit/field-value';
import { Key } from '../../../../web/kit/marks';
import { Refusal } from '../../../../web/kit/states';
import { say } from '../../../../web/kit/toast';
import { useTitle } from '../../../../web/shell/use-title';
import { useDraftOf } from '../../../../web/words/use-draft';
import { useWords } from '../../../../web/words/use-words';
import { LooksTheSame } from './similar';
import { Solved } from './solved';

const asked = [
  'requester_id',
  'service_id',
  'configuration_item_id',
  'team_id',
  'impact',
  'urgency',
  'category',
  'subcategory',
  'channel',
];

/** What is written in this form and not sent yet. */
interface Begun {
  title?: string;
  text?: string;
  fields?: Record<string, Draft>;
  solved?: boolean;
  code?: string;
  note?: string;
}

/** Whoever logs by hand mostly has somebody on the phone. */
const standard: Record<string, Draft> = { impact: '3', urgency: '3', channel: 'phone' };

/**
 * Logging an incident: what happened first, everything else may wait; what looks the same stands beside it. A call asks
 * for the caller first and may be solved already: then it is logged and resolved in one go.
 */
export function NewIncident() {
  const { t } = useTranslation('incident');
  const { t: d } = useTranslation('desk');
  const words = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const call = (useSearch({ strict: false }) as { call?: string }).call !== undefined;
  const type = useType('incidents');
  const templates = useTemplates();
  const draft = useDraftOf<Begun>(call ? 'new-call' : 'new-incident');
  const begun = draft.content ?? {};
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [all, setAll] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const title = begun.title ?? '';
  const drafts = { ...standard, ...begun.fields };
  const solved = begun.solved ?? call;
  const write = (part: Begun) => draft.write({ ...draft.content, ...part });
  useTitle(call ? d('call.title') : t('new'));
  useEffect(() => {
    if (type) form.current?.querySelector<HTMLInputElement>('input')?.focus();
  }, [type]);
  const log = type?.verbs.find((verb) => verb.creates);
  const fields = useMemo(
    () => (log?.input.length ? log.input : (type?.fields.filter((field) => field.writable !== false) ?? [])),
    [log, type],
  );
  const shown = asked
    .map((name) => fields.find((field) => field.name === name))
    .filter((field): field is FieldMeta => field !== undefined);
  const caller = call ? shown.find((field) => field.name === 'requester_id') : undefined;
  const rest = fields.filter(
    (field) =>
      !asked.includes(field.name) &&
      !['title', 'description', 'id', 'number', 'source', 'source_number'].includes(field.name),
  );

  const send = async (): Promise<RecordRow> => {
    const body = {
      title: title.trim(),
      ...(begun.text?.trim() ? { description: begun.text } : {}),
      ...bodyOf([...shown, ...rest], drafts),
    };
    const idempotencyKey = crypto.randomUUID();
    if (!solved) return ask<RecordRow>('/incidents', { method: 'POST', body, idempotencyKey });
    const resolution = { resolution_code: begun.code ?? '', resolution_note: begun.note ?? '' };
    const steps = [
      { verb: 'log', input: body },
      { verb: 'resolve', input: resolution },
    ];
    return ask<RecordRow>('/incidents/at-once', { method: 'POST', body: { steps, fill: true }, idempotencyKey });
  };
  const submit = async () => {
    if (busy) return;
    if (!title.trim()) {
      setErrors({ title: t('new_title_missing') });
      return;
    }
    setBusy(true);
    setErrors({});
    setRefusal(null);
    try {
      const made = await send();
      draft.write(null);
      settle(client, 'incidents', made.number, made);
      if (solved) say(d('call.done', { number: made.number }));
      await navigate({ to: '/incidents/$number', params: { number: made.number } });
    } catch (error) {
      const own = error instanceof Problem ? error.errors : [];
      setErrors(Object.fromEntries(own.map((one) => [one.field.replace(/^steps\.\d+\.input\./, ''), one.message])));
      if (own.length === 0) setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const input = (field: FieldMeta) => (
    <FieldInput
      key={field.name}
      field={field}
      value={drafts[field.name] ?? (field.kind === 'reference' ? null : '')}
      error={errors[field.name]}
      onChange={(value) => write({ fields: { ...begun.fields, [field.name]: value } })}
    />
  );
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{call ? d('call.title') : t('new')}</h1>
          <p className="lede">{call ? d('call.lede') : t('new_lede')}</p>
        </div>
      </header>
      <div className="new-cols">
        <form
          ref={form}
          className="form new-form"
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
          {caller ? input(caller) : null}
          <Field label={t('new_title')} error={errors.title} required>
            {(ids) => (
              <input
                {...ids}
                className="input big"
                value={title}
                onChange={(event) => write({ title: event.target.value })}
                autoComplete="off"
                maxLength={300}
              />
            )}
          </Field>
          {call ? null : (
            <Field label={t('new_text')} hint={t('new_text_hint')}>
              {(ids) => (
                <textarea
                  {...ids}
                  className="input"
                  rows={6}
                  value={begun.text ?? ''}
                  onChange={(event) => write({ text: event.target.value })}
                />
              )}
            </Field>
          )}
          <label className="check">
            <input type="checkbox" checked={solved} onChange={(event) => write({ solved: event.target.checked })} />
            {d('call.solved')}
          </label>
          {solved ? (
            <Solved
              verb={type?.verbs.find((verb) => verb.verb === 'resolve')}
              code={begun.code ?? ''}
              note={begun.note ?? ''}
              errors={errors}
              templates={templates}
              onChange={write}
            />
          ) : null}
          <div className="form-grid">{shown.filter((field) => field !== caller).map(input)}</div>
          {rest.length ? (
            <button
              type="button"
              className="link more-fields"
              aria-expanded={all}
              onClick={() => setAll((now) => !now)}
            >
              {t(all ? 'new_less' : 'new_more')}
            </button>
          ) : null}
          {all ? <div className="form-grid">{rest.map(input)}</div> : null}
          {refusal ? <Refusal error={refusal} /> : null}
          <div className="form-foot">
            <button type="submit" className="btn main" disabled={busy}>
              {solved ? d('call.do') : t('new_do')} <Key>Ctrl ↵</Key>
            </button>
            <button type="button" className="btn quiet" onClick={() => history.back()}>
              {t('new_cancel')}
            </button>
            {draft.at ? (
              <span className="s q">
                {draft.restored
                  ? d('call.restored', { at: words.when(draft.at) })
                  : d('call.kept', { at: words.time(draft.at) })}{' '}
                <button type="button" className="link" onClick={() => draft.write(null)}>
                  {d('call.discard')}
                </button>
              </span>
            ) : null}
          </div>
        </form>
        <LooksTheSame title={title} />
      </div>
    </div>
  );
}
