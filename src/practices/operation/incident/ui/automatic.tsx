import './around.css';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../../../web/api/client';
import { settle } from '../../../../web/api/queries';
import { Section } from '../../../../web/kit/facts';
import { say } from '../../../../web/kit/toast';
import type { Why } from './around';

/** Something the product found by itself: with its rule on demand, and a way to say that it is wrong. */
export function Automatic({
  number,
  subject,
  title,
  note,
  why,
  mayDoubt,
  line,
  children,
}: {
  number: string;
  /** The line of history it is about, where it is one. */
  line?: string;
  subject: 'rule' | 'changes' | 'similar' | 'known_errors' | 'affected' | 'goals' | 'team' | 'priority' | 'promise';
  title: string;
  note?: ReactNode;
  why: Why | null;
  mayDoubt: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation('around');
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Section
      title={title}
      note={note}
      action={
        <button
          type="button"
          className="link s"
          aria-expanded={open}
          aria-controls={id}
          aria-label={t('why_of', { what: title })}
          onClick={() => setOpen((now) => !now)}
        >
          {t('why')}
        </button>
      }
    >
      {open ? (
        <div className="why-box" id={id}>
          <p className="q2">{t(`rule.${subject}`)}</p>
          {why ? <Reasons why={why} /> : null}
          {mayDoubt ? <Doubt number={number} subject={subject} line={line} onDone={() => setOpen(false)} /> : null}
        </div>
      ) : null}
      {children}
    </Section>
  );
}

/** What went in, and what else was looked at. */
function Reasons({ why }: { why: Why }) {
  const { t, i18n } = useTranslation('around');
  const words = (values: Record<string, unknown>) =>
    Object.entries(values)
      .filter(([name, value]) => value !== null && i18n.exists(`around:input.${name}`))
      .map(([name, value]) => `${t(`input.${name}` as 'input.words')}: ${shown(value)}`)
      .join(' · ');
  const shown = (value: unknown): string =>
    Array.isArray(value)
      ? value.join(', ') || '–'
      : typeof value === 'boolean'
        ? t(value ? 'yes' : 'no')
        : String(value);
  return <p className="s q">{[words(why.inputs), words(why.alternatives)].filter(Boolean).join(' · ')}</p>;
}

/** One sentence to whoever answers for the rule; it stays on the record as a note. */
function Doubt({
  number,
  subject,
  line,
  onDone,
}: {
  number: string;
  subject: string;
  line?: string;
  onDone: () => void;
}) {
  const { t } = useTranslation('around');
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const id = useId();
  if (!open)
    return (
      <button type="button" className="link s" onClick={() => setOpen(true)}>
        {t('wrong')}
      </button>
    );
  return (
    <form
      className="doubt"
      onSubmit={async (event) => {
        event.preventDefault();
        if (!text.trim() || busy) return;
        setBusy(true);
        try {
          await ask(`/incidents/${number}/doubt`, {
            method: 'POST',
            body: { subject, text, line },
            idempotencyKey: crypto.randomUUID(),
          });
          settle(client, 'incidents', number);
          say(t('wrong_told'));
          onDone();
        } catch (error) {
          say(sentenceOf(error), { tone: 'broken' });
        } finally {
          setBusy(false);
        }
      }}
    >
      <label htmlFor={id} className="s q2">
        {t('wrong_what')}
      </label>
      <textarea
        id={id}
        className="input"
        rows={2}
        value={text}
        ref={(element) => element?.focus()}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="btn" disabled={!text.trim() || busy}>
        {t('wrong_send')}
      </button>
    </form>
  );
}
