import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../../web/api/client';
import type { Clock, RecordRow } from '../../../../web/api/types';
import { Explain } from '../../../../web/kit/clock-bar';
import { Facts, Section } from '../../../../web/kit/facts';
import { Field } from '../../../../web/kit/field';
import { localInput } from '../../../../web/kit/field-value';
import { Icon } from '../../../../web/kit/glyphs';
import { Refusal } from '../../../../web/kit/states';
import { present } from '../../../../web/words/now';
import { useWords } from '../../../../web/words/use-words';
import type { MatchRow } from './plain';

interface Tried {
  items: { at: string; clocks: Clock[] }[];
}

type Act = 'on_hold' | 'in_progress' | 'agent_reply' | 'customer_reply' | 'resolved';
interface Step {
  id: number;
  act: Act;
  at: string;
}

const acts: Act[] = ['on_hold', 'in_progress', 'agent_reply', 'customer_reply', 'resolved'];

/** "Logged Friday 17:50, on hold Monday 9 to 11: due when?" Asked of the agreement as it is drafted. */
export function TryOut({ record }: { record: RecordRow }) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const [opened, setOpened] = useState(() => localInput(new Date(present()).toISOString()));
  const [priority, setPriority] = useState(() => String((record.match as MatchRow | null)?.priority ?? 3));
  const [steps, setSteps] = useState<Step[]>([]);
  const [look, setLook] = useState('');
  const tried = useMutation({
    mutationFn: () => {
      const instant = (local: string) => new Date(local).toISOString();
      const events = [
        { at: instant(opened), type: 'created', state: 'new', priority: Number(priority) },
        ...steps
          .filter((step) => step.at)
          .map((step) =>
            step.act === 'agent_reply' || step.act === 'customer_reply'
              ? { at: instant(step.at), type: step.act }
              : { at: instant(step.at), type: 'state', to: step.act },
          ),
      ].sort((a, b) => a.at.localeCompare(b.at));
      const at = look ? instant(look) : events.at(-1)!.at;
      return ask<Tried>(`/agreements/${record.number}/try`, { method: 'POST', body: { events, at: [at] } });
    },
  });
  const change = (id: number, part: Partial<Step>) =>
    setSteps((all) => all.map((step) => (step.id === id ? { ...step, ...part } : step)));
  const result = tried.data?.items[0];
  return (
    <Section title={t('try.title')} note={t('try.note')}>
      <form
        className="try"
        onSubmit={(event) => {
          event.preventDefault();
          tried.mutate();
        }}
      >
        <div className="try-row">
          <Field label={t('try.opened')}>
            {(ids) => (
              <input
                {...ids}
                type="datetime-local"
                className="input"
                value={opened}
                onChange={(event) => setOpened(event.target.value)}
              />
            )}
          </Field>
          <Field label={words.field('priority')}>
            {(ids) => (
              <select {...ids} className="input" value={priority} onChange={(event) => setPriority(event.target.value)}>
                {[1, 2, 3, 4, 5].map((one) => (
                  <option key={one}>{one}</option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {steps.map((step) => (
          <div className="try-row" key={step.id}>
            <Field label={t('try.then')}>
              {(ids) => (
                <select
                  {...ids}
                  className="input"
                  value={step.act}
                  onChange={(event) => change(step.id, { act: event.target.value as Act })}
                >
                  {acts.map((act) => (
                    <option key={act} value={act}>
                      {t(`try.${act}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field label={t('try.when')}>
              {(ids) => (
                <input
                  {...ids}
                  type="datetime-local"
                  className="input"
                  value={step.at}
                  onChange={(event) => change(step.id, { at: event.target.value })}
                />
              )}
            </Field>
            <button
              type="button"
              className="icon-btn"
              aria-label={t('try.remove')}
              onClick={() => setSteps((all) => all.filter((one) => one.id !== step.id))}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
        <div className="try-row">
          <button
            type="button"
            className="btn"
            onClick={() => setSteps((all) => [...all, { id: present(), act: 'on_hold', at: all.at(-1)?.at ?? opened }])}
          >
            {t('try.add')}
          </button>
        </div>
        <div className="try-row">
          <Field label={t('try.look')}>
            {(ids) => (
              <input
                {...ids}
                type="datetime-local"
                className="input"
                value={look}
                onChange={(event) => setLook(event.target.value)}
              />
            )}
          </Field>
          <button type="submit" className="btn main" disabled={tried.isPending}>
            {t('try.do')}
          </button>
        </div>
      </form>
      {tried.isError ? <Refusal error={tried.error} /> : null}
      {result && result.clocks.length === 0 ? <p className="q2">{t('try.nothing')}</p> : null}
      {result?.clocks.length ? (
        <>
          <Facts
            rows={result.clocks.map((clock) => [
              words.target(clock.target),
              clock.due_at ? <b key={clock.target}>{words.exact(clock.due_at)}</b> : t(`try.state_${clock.state}`),
            ])}
          />
          <div className="try-clocks">
            {result.clocks.map((clock) => (
              <div key={clock.target}>
                <Explain clock={clock} readAt={Date.parse(result.at)} frozen />
              </div>
            ))}
          </div>
        </>
      ) : null}
    </Section>
  );
}
