import './rule-trial.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import type { Ref } from '../../api/types';
import { When } from '../../kit/marks';
import { useWords } from '../../words/use-words';
import { type FormPartProps, FormTrial, Told, TrialIncident, TrialRows, useRuleTrialWords, Why } from './trial';

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
  const read = words.number(trial.read);
  const facts = [
    ...(trial.takes === 0 ? [] : [trial.changes > 0 ? t('changes', count(trial.changes)) : t('changes_none')]),
    ...(trial.changes > 0 ? [t('came', { ...count(trial.came_anyway), team })] : []),
    ...(trial.by_hand > 0 ? [t('by_hand', count(trial.by_hand))] : []),
    ...trial.behind.map((one) =>
      t('behind', { ...count(one.count), rule: one.rule ? `${one.rule.number} ${one.rule.name}` : t('hidden') }),
    ),
    ...(trial.undecided > 0 ? [t('undecided', count(trial.undecided))] : []),
    ...(trial.more ? [t('more', { read })] : []),
  ];
  return (
    <Told sum={trial.takes === 0 ? t('none', { read }) : t('takes', { ...count(trial.takes), read })} facts={facts}>
      <TrialRows
        title={t('went')}
        rows={trial.went.map((one) => ({
          key: `${one.by} ${one.team?.id} ${one.rule?.id}`,
          what: went({ ...one, was: one.team }),
          end: <span className="num">{words.number(one.count)}</span>,
        }))}
      />
      <TrialRows
        title={t('examples')}
        rows={trial.items.map((one) => ({
          key: one.id,
          what: (
            <TrialIncident one={one}>
              <Why>
                {went(one)} {one.changes ? <b>{t('instead', { team })}</b> : t('same')}
              </Why>
              <InputWords inputs={one.inputs} />
            </TrialIncident>
          ),
          end: <When at={one.opened_at} className="q s num nw" />,
        }))}
      />
    </Told>
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
export function RuleFormTrial({ number, body }: FormPartProps) {
  const tried = () => {
    const { match, condition, team_id, rank } = body();
    return { match, condition, team_id, rank };
  };
  return (
    <FormTrial<Trial>
      plural="assignment-rules"
      number={number}
      body={tried}
      says={useRuleTrialWords()}
      above={<ConditionWords />}
    >
      {(found) => <TrialResult trial={found} />}
    </FormTrial>
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
