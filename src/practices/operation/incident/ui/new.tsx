import '../../../../web/screens/records/records.css';
import './new.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem, query } from '../../../../web/api/client';
import { keys } from '../../../../web/api/keys';
import { settle, useType } from '../../../../web/api/queries';
import type { FieldMeta, Page, RecordRow, SearchHit } from '../../../../web/api/types';
import { useDraft } from '../../../../web/kit/composer';
import { Field } from '../../../../web/kit/field';
import { FieldInput } from '../../../../web/kit/field-input';
import { bodyOf, type Draft } from '../../../../web/kit/field-value';
import { StateGlyph } from '../../../../web/kit/glyphs';
import { Key } from '../../../../web/kit/marks';
import { Refusal } from '../../../../web/kit/states';
import { useTitle } from '../../../../web/shell/use-title';
import { useWords } from '../../../../web/words/use-words';

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

/** Logging an incident: what happened first, everything else may wait; what looks the same stands beside it. */
export function NewIncident() {
  const { t } = useTranslation('incident');
  const words = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const type = useType('incidents');
  const [title, setTitle] = useDraft('new-incident.title');
  const [text, setText] = useDraft('new-incident.text');
  const [drafts, setDrafts] = useState<Record<string, Draft>>({
    impact: '3',
    urgency: '3',
    // Whoever logs by hand mostly has somebody on the phone.
    channel: 'phone',
  });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [all, setAll] = useState(false);
  useTitle(t('new'));
  const log = type?.verbs.find((verb) => verb.creates);
  const fields = useMemo(
    () => (log?.input.length ? log.input : (type?.fields.filter((field) => field.writable !== false) ?? [])),
    [log, type],
  );
  const shown = asked
    .map((name) => fields.find((field) => field.name === name))
    .filter((field): field is FieldMeta => field !== undefined);
  const rest = fields.filter(
    (field) =>
      !asked.includes(field.name) &&
      !['title', 'description', 'id', 'number', 'source', 'source_number'].includes(field.name),
  );

  const [slow, setSlow] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSlow(title.trim()), 250);
    return () => clearTimeout(timer);
  }, [title]);
  const similar = useQuery({
    queryKey: keys.search({ new: slow }),
    queryFn: ({ signal }) =>
      ask<Page<SearchHit>>(`/search${query({ q: slow, type: 'incident', limit: 8 })}`, { signal }),
    enabled: slow.length > 3,
    placeholderData: (before) => before,
  });

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
      const body = {
        title: title.trim(),
        ...(text.trim() ? { description: text } : {}),
        ...bodyOf([...shown, ...rest], drafts),
      };
      const made = await ask<RecordRow>('/incidents', { method: 'POST', body, idempotencyKey: crypto.randomUUID() });
      setTitle('');
      setText('');
      settle(client, 'incidents', made.number, made);
      await navigate({ to: '/incidents/$number', params: { number: made.number } });
    } catch (error) {
      const own = error instanceof Problem ? error.errors : [];
      setErrors(Object.fromEntries(own.map((one) => [one.field, one.message])));
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
      onChange={(value) => setDrafts((now) => ({ ...now, [field.name]: value }))}
    />
  );
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('new')}</h1>
          <p className="lede">{t('new_lede')}</p>
        </div>
      </header>
      <div className="new-cols">
        <form
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
          <Field label={t('new_title')} error={errors.title} required>
            {(ids) => (
              <input
                {...ids}
                className="input big"
                value={title}
                onChange={(event) => setTitle(event.target.value)}
                autoFocus
                autoComplete="off"
                maxLength={500}
              />
            )}
          </Field>
          <Field label={t('new_text')} hint={t('new_text_hint')}>
            {(ids) => (
              <textarea
                {...ids}
                className="input"
                rows={6}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <div className="form-grid">{shown.map(input)}</div>
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
              {t('new_do')} <Key>Ctrl ↵</Key>
            </button>
            <button type="button" className="btn quiet" onClick={() => history.back()}>
              {t('new_cancel')}
            </button>
            <span className="s q">{title ? t('new_kept') : ''}</span>
          </div>
        </form>
        <aside className="new-side" aria-label={t('similar')} aria-live="polite">
          <h2>{t('new_similar')}</h2>
          {similar.data?.items.length ? (
            similar.data.items.map((hit) => (
              <a
                className="mini"
                key={hit.id}
                href={`/incidents/${hit.number}`}
                target="_blank"
                rel="noreferrer"
                title={hit.title}
              >
                <span className="cut">
                  <span className="num q">{hit.number}</span> {hit.title}
                </span>
                <StateGlyph state={hit.state} label={words.state(hit.state)} />
              </a>
            ))
          ) : (
            <p className="q">{t('new_similar_none')}</p>
          )}
        </aside>
      </div>
    </div>
  );
}
