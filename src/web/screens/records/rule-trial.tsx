import './rule-trial.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import type { Ref } from '../../api/types';
import { Section } from '../../kit/facts';
import { When } from '../../kit/marks';
import { Refusal } from '../../kit/states';
import { useHref } from '../../shell/use-href';
import { useWords } from '../../words/use-words';

type By = 'rule' | 'service' | 'hand' | 'nobody';

export interface Trial {
  read: number;
  more: boolean;
  team: Ref | null;
  fits: number;
  takes: number;
  by_hand: number;
  changes: number;
  came_anyway: number;
  undecided: number;
  went: { by: By; team: Ref | null; rule: Ref | null; count: number; changes: number }[];
  behind: { rule: Ref | null; count: number }[];
  items: {
    id: string;
    number: string;
    name: string;
    opened_at: string;
    by: By;
    was: Ref | null;
    rule: Ref | null;
    rule_version: number | null;
    now: Ref | null;
    changes: boolean;
    inputs: Record<string, unknown>;
  }[];
}

/** What a rule would have done in the last 90 days: how many, where they went in fact, and examples with the reason. */
export function TrialResult({ trial }: { trial: Trial }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const hrefOf = useHref();
  const team = trial.team?.name ?? '';
  const count = (figure: number) => ({ count: figure, figure: words.number(figure) });
  const went = (one: { by: By; was: Ref | null; rule: Ref | null; rule_version?: number | null }) => {
    if (one.by === 'nobody') return t('by.nobody');
    const to = one.was?.name ?? t('hidden');
    if (one.by === 'service') return t('by.service', { team: to });
    const rule = one.rule ? `${one.rule.number} ${one.rule.name}` : t('hidden');
    return one.rule_version
      ? t('by.version', { team: to, rule, version: one.rule_version })
      : t('by.rule', { team: to, rule });
  };
  return (
    <div className="trial">
      <p className="b">
        {trial.takes === 0
          ? t('none', { read: words.number(trial.read) })
          : t('takes', { ...count(trial.takes), read: words.number(trial.read) })}
      </p>
      <ul className="trial-facts q2">
        {trial.takes > 0 ? <li>{trial.changes > 0 ? t('changes', count(trial.changes)) : t('changes_none')}</li> : null}
        {trial.changes > 0 ? <li>{t('came', { ...count(trial.came_anyway), team })}</li> : null}
        {trial.by_hand > 0 ? <li>{t('by_hand', count(trial.by_hand))}</li> : null}
        {trial.behind.map((one) => (
          <li key={`${one.rule?.id} ${one.count}`}>
            {t('behind', { ...count(one.count), rule: one.rule ? `${one.rule.number} ${one.rule.name}` : t('hidden') })}
          </li>
        ))}
        {trial.undecided > 0 ? <li>{t('undecided', count(trial.undecided))}</li> : null}
        {trial.more ? <li>{t('more', { read: words.number(trial.read) })}</li> : null}
      </ul>
      {trial.went.length > 0 ? (
        <>
          <h3 className="s q2">{t('went')}</h3>
          <ul className="trial-rows">
            {trial.went.map((one) => (
              <li key={`${one.by} ${one.team?.id} ${one.rule?.id}`}>
                <span>{went({ ...one, was: one.team })}</span>
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
              <li key={one.id}>
                <span>
                  <a className="u num" href={hrefOf(one.number, 'incident')}>
                    {one.number}
                  </a>{' '}
                  {one.name}
                  <span className="trial-why s q2">
                    {went(one)} {one.changes ? <b>{t('instead', { team })}</b> : t('same')}
                  </span>
                  <InputWords inputs={one.inputs} />
                </span>
                <When at={one.opened_at} className="q s num nw" />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

/** What a condition looked at. */
export function InputWords({ inputs }: { inputs: Record<string, unknown> }) {
  const words = useWords();
  return (
    <span className="trial-why s q">
      {Object.entries(inputs)
        .map(([name, value]) => `${wordOf(name, words)}: ${shown(value)}`)
        .join(' · ')}
    </span>
  );
}

const shown = (value: unknown): string =>
  value === null || value === '' ? '–' : Array.isArray(value) ? value.join(', ') || '–' : String(value).slice(0, 120);

/** `service.name` as people call it. */
function wordOf(name: string, words: ReturnType<typeof useWords>): string {
  const [first = '', part] = name.split('.');
  return part ? `${words.field(`${first}_id`)}, ${words.field(part)}` : words.field(first);
}

/** In the form of a rule: what it would have done as it is written now, and what its condition may ask. */
export function RuleFormTrial({ number, body }: { number?: string; body: () => Record<string, unknown> }) {
  const { t } = useTranslation('rules');
  const trial = useMutation({
    mutationFn: () => {
      const { match, condition, team_id, rank } = body();
      return ask<Trial>(number ? `/assignment-rules/${number}/try` : '/assignment-rules/try', {
        method: 'POST',
        body: { match, condition, team_id, rank },
      });
    },
  });
  return (
    <Section title={t('title')} note={t('note')}>
      <ConditionWords />
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
        {trial.data && !trial.isError ? <TrialResult trial={trial.data} /> : null}
      </div>
    </Section>
  );
}

/** What a condition of these rules may ask, with the kind of each. */
export function ConditionWords({ of = 'assignment-rules' }: { of?: string }) {
  const { t } = useTranslation('rules');
  const fields = useQuery({
    queryKey: ['condition-fields', of],
    queryFn: () => ask<{ items: { name: string; type: string }[] }>(`/${of}/condition-fields`),
  });
  return (
    <details className="trial-words">
      <summary>{t('words')}</summary>
      <p className="s q2">{t('words_text')}</p>
      <ul>
        {fields.data?.items.map((one) => (
          <li key={one.name}>
            <code>{one.name}</code> <span className="s q2">{t(`kind.${one.type}` as 'kind.string', one.type)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
