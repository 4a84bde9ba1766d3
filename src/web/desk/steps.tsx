import './desk.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query, sentenceOf } from '../api/client';
import { keys } from '../api/keys';
import { useList, usePart } from '../api/queries';
import type { Page, RecordRow, Ref } from '../api/types';
import { Section } from '../kit/facts';
import { Icon } from '../kit/glyphs';
import { say } from '../kit/toast';
import { type Answered, useDone } from '../shell/use-done';
import { titleOf } from '../words/record';
import { useWords } from '../words/use-words';

interface Step {
  id: string;
  title: string;
  mandatory: boolean;
  done: boolean;
  done_by: Ref | null;
}

const every = `tasks${query({ limit: 200 })}`;

/** The steps of a record as a checklist; the ones that are needed say so. */
export function Steps({ plural, record }: { plural: string; record: RecordRow }) {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  const done = useDone();
  const words = useWords();
  const [title, setTitle] = useState('');
  const [needed, setNeeded] = useState(false);
  const [ticked, setTicked] = useState<Record<string, boolean>>({});
  const offers = record.offers ?? [];
  const may = offers.includes('task');
  const part = usePart<Page<Step>>(plural, record.number, every);
  const lists = useList('checklists', { state: 'active', fields: 'title' }, { enabled: may, limit: 100 });
  const items = part.data?.items ?? [];
  const at = `/${plural}/${encodeURIComponent(record.number)}/tasks`;
  const act = async (past: string, path: string, method: 'POST' | 'PATCH' | 'DELETE', body?: unknown) => {
    try {
      const after = await ask<Answered>(path, {
        method,
        body,
        idempotencyKey: method === 'POST' ? crypto.randomUUID() : undefined,
      });
      done(plural, record.number, `${record.number}: ${words.past(past)}`, after);
      await client.invalidateQueries({ queryKey: keys.record(plural, record.number) });
      return true;
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
      await client.invalidateQueries({ queryKey: keys.record(plural, record.number) });
      return false;
    }
  };
  // The tick stands there at once; the server's answer corrects it.
  const tick = async (step: Step) => {
    setTicked((now) => ({ ...now, [step.id]: !step.done }));
    await act(step.done ? 'unticked' : 'ticked', `${at}/${step.id}`, 'PATCH', { done: !step.done });
    setTicked(({ [step.id]: _done, ...others }) => others);
  };
  const add = async () => {
    if (title.trim() && (await act('tasked', at, 'POST', { title: title.trim(), mandatory: needed }))) setTitle('');
  };
  const choices = lists.data?.pages.flatMap((page) => page.items) ?? [];
  if (!may && items.length === 0) return null;
  return (
    <Section
      title={t('steps.title')}
      note={items.length ? `${items.filter((one) => one.done).length}/${items.length}` : null}
    >
      <ul className="work-steps">
        {items.map((step) => (
          <li key={step.id}>
            <label className="check">
              <input
                type="checkbox"
                checked={ticked[step.id] ?? step.done}
                disabled={!offers.includes('tick')}
                onChange={() => void tick(step)}
              />
              <span>
                <span className={step.done ? 'done' : undefined}>{step.title}</span>
                {step.mandatory && !step.done ? <span className="s q"> {t('steps.needed')}</span> : null}
                {step.done && step.done_by ? <span className="s q"> {step.done_by.name}</span> : null}
              </span>
            </label>
            {offers.includes('untask') ? (
              <button
                type="button"
                className="icon-btn"
                aria-label={t('steps.remove', { title: step.title })}
                onClick={() => void act('untasked', `${at}/${step.id}`, 'DELETE')}
              >
                <Icon name="close" />
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {may ? (
        <form
          className="desk-add"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <input
            className="input"
            value={title}
            maxLength={300}
            aria-label={t('steps.new')}
            placeholder={t('steps.new')}
            onChange={(event) => setTitle(event.target.value)}
          />
          {title ? (
            <label className="check s">
              <input type="checkbox" checked={needed} onChange={(event) => setNeeded(event.target.checked)} />
              {t('steps.needed')}
            </label>
          ) : null}
          {choices.length && !title ? (
            <select
              className="input"
              aria-label={t('steps.list')}
              value=""
              onChange={(event) => void act('tasked', at, 'POST', { checklist_id: event.target.value })}
            >
              <option value="">{t('steps.list')}</option>
              {choices.map((list) => (
                <option key={list.id} value={list.number}>
                  {titleOf(list)}
                </option>
              ))}
            </select>
          ) : null}
        </form>
      ) : null}
    </Section>
  );
}
