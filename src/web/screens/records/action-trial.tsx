import './rule-trial.css';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import type { Ref } from '../../api/types';
import { Section } from '../../kit/facts';
import { When } from '../../kit/marks';
import { Refusal } from '../../kit/states';
import { useHref } from '../../shell/use-href';
import { useWords } from '../../words/use-words';
import { shortValue } from './history-words';
import { ConditionWords, InputWords } from './rule-trial';

interface Item {
  id: string;
  number: string;
  name: string;
  at: string;
  line: string | null;
  changes: { field: string; before: unknown; after: unknown }[];
  tells: boolean;
  note: boolean;
  watches: boolean;
  major: boolean;
  inputs: Record<string, unknown>;
}

export interface ActionTrial {
  read: number;
  more: boolean;
  fits: number;
  acts: number;
  incidents: number;
  nothing: number;
  undecided: number;
  does: { act: string; count: number }[];
  behind: { rule: Ref | null; count: number }[];
  clashes: { rule: Ref | null; fields: string[]; count: number; example: string }[];
  items: Item[];
}

const others = ['watch', 'tell', 'note', 'major'] as const;
type Other = (typeof others)[number];

/** What an action rule would have done in the last 90 days: how often, what, with which rules in circles, examples. */
export function ActionTrialResult({ trial }: { trial: ActionTrial }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const hrefOf = useHref();
  const count = (figure: number) => ({ count: figure, figure: words.number(figure) });
  const actWords = (act: string) =>
    (others as readonly string[]).includes(act) ? t(`act.${act as Other}`) : words.field(act);
  const ruleWords = (rule: Ref | null) => (rule ? `${rule.number} ${rule.name}` : t('hidden'));
  const done = (one: Item) => [
    ...one.changes.map(
      ({ field, before, after }) =>
        `${words.field(field)}: ${shortValue(before, field, words)} → ${shortValue(after, field, words)}`,
    ),
    ...(['watches', 'tells', 'note', 'major'] as const).flatMap((name, at) =>
      one[name] ? [t(`act.${others[at]!}`)] : [],
    ),
  ];
  return (
    <div className="trial">
      <p className="b">
        {trial.acts === 0
          ? t('acts_none', { read: words.number(trial.read) })
          : t('acts', {
              ...count(trial.acts),
              incidents: words.number(trial.incidents),
              read: words.number(trial.read),
            })}
      </p>
      {trial.clashes.map((one) => (
        <p key={one.rule?.id} className="err" role="alert">
          {t('clash', {
            ...count(one.count),
            rule: ruleWords(one.rule),
            fields: one.fields.map((field) => words.field(field)).join(', '),
            example: one.example,
          })}
        </p>
      ))}
      <ul className="trial-facts q2">
        {trial.nothing > 0 ? <li>{t('acts_nothing', count(trial.nothing))}</li> : null}
        {trial.behind.map((one) => (
          <li key={`${one.rule?.id} ${one.count}`}>
            {t('acts_behind', { ...count(one.count), rule: ruleWords(one.rule) })}
          </li>
        ))}
        {trial.undecided > 0 ? <li>{t('undecided', count(trial.undecided))}</li> : null}
        {trial.more ? <li>{t('more', { read: words.number(trial.read) })}</li> : null}
      </ul>
      {trial.does.length > 0 ? (
        <>
          <h3 className="s q2">{t('does')}</h3>
          <ul className="trial-rows">
            {trial.does.map((one) => (
              <li key={one.act}>
                <span>{actWords(one.act)}</span>
                <span className="num">{words.number(one.count)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {trial.items.length > 0 ? (
        <>
          <h3 className="s q2">{t('examples')}</h3>
          <ul className="trial-rows">
            {trial.items.map((one) => (
              <li key={`${one.id} ${one.at}`}>
                <span>
                  <a className="u num" href={hrefOf(one.number, 'incident')}>
                    {one.number}
                  </a>{' '}
                  {one.name}
                  <span className="trial-why s q2">
                    {one.line ? words.past(one.line) : t('quiet')}. {done(one).join(' · ')}
                  </span>
                  <InputWords inputs={one.inputs} />
                </span>
                <When at={one.at} className="q s num nw" />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

/** In the form of an action rule: what it would have done as it is written now, and what its condition may ask. */
export function ActionFormTrial({ number, body }: { number?: string; body: () => Record<string, unknown> }) {
  const { t } = useTranslation('rules');
  const trial = useMutation({
    mutationFn: () =>
      ask<ActionTrial>(number ? `/action-rules/${number}/try` : '/action-rules/try', { method: 'POST', body: body() }),
  });
  return (
    <Section title={t('title')} note={t('note')}>
      <ConditionWords of="action-rules" />
      <button
        type="button"
        className="btn"
        // Not disabled meanwhile: who pressed it keeps their place in the form.
        aria-busy={trial.isPending}
        onClick={() => (trial.isPending ? undefined : trial.mutate())}
      >
        {t(trial.data ? 'again' : 'run')}
      </button>
      <div aria-live="polite">
        {trial.isError ? <Refusal error={trial.error} /> : null}
        {trial.data && !trial.isError ? <ActionTrialResult trial={trial.data} /> : null}
      </div>
    </Section>
  );
}
