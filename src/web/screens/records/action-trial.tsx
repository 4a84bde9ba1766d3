import { useTranslation } from 'react-i18next';
import type { Ref } from '../../api/types';
import { When } from '../../kit/marks';
import { useWords } from '../../words/use-words';
import { shortValue } from './history-words';
import { ConditionWords, InputWords } from './rule-trial';
import { type FormPartProps, FormTrial, Told, TrialIncident, TrialRows, useRuleTrialWords, Why } from './trial';

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
  const read = words.number(trial.read);
  const facts = [
    ...(trial.nothing > 0 ? [t('acts_nothing', count(trial.nothing))] : []),
    ...trial.behind.map((one) => t('acts_behind', { ...count(one.count), rule: ruleWords(one.rule) })),
    ...(trial.undecided > 0 ? [t('undecided', count(trial.undecided))] : []),
    ...(trial.more ? [t('more', { read })] : []),
  ];
  const sum =
    trial.acts === 0
      ? t('acts_none', { read })
      : t('acts', { ...count(trial.acts), incidents: words.number(trial.incidents), read });
  return (
    <Told sum={sum} facts={facts}>
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
      <TrialRows
        title={t('does')}
        rows={trial.does.map((one) => ({
          key: one.act,
          what: actWords(one.act),
          end: <span className="num">{words.number(one.count)}</span>,
        }))}
      />
      <TrialRows
        title={t('examples')}
        rows={trial.items.map((one) => ({
          key: `${one.id} ${one.at}`,
          what: (
            <TrialIncident one={one}>
              <Why>
                {one.line ? words.past(one.line) : t('quiet')}. {done(one).join(' · ')}
              </Why>
              <InputWords inputs={one.inputs} />
            </TrialIncident>
          ),
          end: <When at={one.at} className="q s num nw" />,
        }))}
      />
    </Told>
  );
}

/** In the form of an action rule: what it would have done as it is written now, and what its condition may ask. */
export function ActionFormTrial({ number, body }: FormPartProps) {
  return (
    <FormTrial<ActionTrial>
      plural="action-rules"
      number={number}
      body={body}
      says={useRuleTrialWords()}
      above={<ConditionWords of="action-rules" />}
    >
      {(found) => <ActionTrialResult trial={found} />}
    </FormTrial>
  );
}
