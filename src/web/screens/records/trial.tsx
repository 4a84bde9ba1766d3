import './rule-trial.css';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import { keys } from '../../api/keys';
import type { RecordRow } from '../../api/types';
import { Section } from '../../kit/facts';
import { Refusal, Skeleton } from '../../kit/states';
import { useHref } from '../../shell/use-href';

/** What stands below a form and looks at it before it is saved. */
export interface FormPartProps {
  /** The record that is changed; none while it is made. */
  number?: string;
  /** What would be sent as the form stands. Throws for what cannot be read. */
  body: () => Record<string, unknown>;
}

/** What a trial is called, and what its button says. */
export interface TrialWords {
  readonly title: string;
  readonly note: string;
  readonly run: string;
  readonly again: string;
}

/** In a form: a button that tries what is written now, and what came of it. `above` stands before the button. */
export function FormTrial<T>({
  plural,
  number,
  body,
  says,
  above,
  children,
}: {
  plural: string;
  number?: string;
  /** What is tried, as the form stands. Throws for what cannot be read. */
  body: () => unknown;
  says: TrialWords;
  above?: ReactNode;
  children: (found: T) => ReactNode;
}) {
  const trial = useMutation({
    mutationFn: () => ask<T>(number ? `/${plural}/${number}/try` : `/${plural}/try`, { method: 'POST', body: body() }),
  });
  return (
    <Section title={says.title} note={says.note}>
      {above}
      <button
        type="button"
        className="btn"
        // Not disabled meanwhile: who pressed it keeps their place in the form.
        aria-busy={trial.isPending}
        onClick={() => (trial.isPending ? undefined : trial.mutate())}
      >
        {trial.data ? says.again : says.run}
      </button>
      <div aria-live="polite">
        {trial.isError ? <Refusal error={trial.error} /> : null}
        {trial.data && !trial.isError ? children(trial.data) : null}
      </div>
    </Section>
  );
}

/** On a record's page: what it would have done, for a draft at once, so that it is seen before it is switched on. */
export function RecordTrial<T>({
  plural,
  record,
  says,
  draft,
  children,
}: {
  plural: string;
  record: RecordRow;
  says: TrialWords;
  /** What is said of one that is not switched on yet. */
  draft: string;
  children: (found: T) => ReactNode;
}) {
  const mayTry = record.offers?.includes('edit') ?? false;
  const isDraft = record.state === 'draft';
  const [wanted, setWanted] = useState(false);
  const trial = useQuery({
    queryKey: keys.part(plural, record.number, `try ${record.version}`),
    queryFn: () => ask<T>(`/${plural}/${record.number}/try`, { method: 'POST', body: {} }),
    enabled: mayTry && (isDraft || wanted),
    retry: false,
  });
  if (!mayTry) return null;
  return (
    <Section title={says.title} note={says.note}>
      {isDraft ? <p className="q2">{draft}</p> : null}
      {isDraft || wanted ? null : (
        <button type="button" className="btn" onClick={() => setWanted(true)}>
          {says.run}
        </button>
      )}
      {trial.isLoading ? <Skeleton rows={3} height={28} /> : null}
      {trial.isError ? <Refusal error={trial.error} /> : null}
      {trial.data ? children(trial.data) : null}
    </Section>
  );
}

/** The words of a rule's trial. */
export function useRuleTrialWords(): TrialWords {
  const { t } = useTranslation('rules');
  return { title: t('title'), note: t('note'), run: t('run'), again: t('again') };
}

/** What came of a trial: the sum in one sentence, then facts, then lists. */
export function Told({ sum, facts = [], children }: { sum: string; facts?: readonly string[]; children?: ReactNode }) {
  return (
    <div className="trial">
      <p className="b">{sum}</p>
      {facts.length > 0 ? (
        <ul className="trial-facts q2">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      ) : null}
      {children}
    </div>
  );
}

export interface TrialRow {
  readonly key: string;
  readonly what: ReactNode;
  /** On the right: a figure, an instant. */
  readonly end?: ReactNode;
}

/** A list of a trial under its heading; none where there is nothing in it. */
export function TrialRows({ title, rows, ranked }: { title: string; rows: readonly TrialRow[]; ranked?: boolean }) {
  if (rows.length === 0) return null;
  const List = ranked ? 'ol' : 'ul';
  return (
    <>
      <h3 className="s q2">{title}</h3>
      <List className="trial-rows">
        {rows.map((row) => (
          <li key={row.key}>
            <span>{row.what}</span>
            {row.end ?? null}
          </li>
        ))}
      </List>
    </>
  );
}

/** An incident of a trial: its number, its name, and beneath them why. */
export function TrialIncident({ one, children }: { one: { number: string; name: string }; children?: ReactNode }) {
  const hrefOf = useHref();
  return (
    <>
      <a className="u num" href={hrefOf(one.number, 'incident')}>
        {one.number}
      </a>{' '}
      {one.name}
      {children}
    </>
  );
}

/** A line of the reason. */
export function Why({ children }: { children: ReactNode }) {
  return <span className="trial-why s q2">{children}</span>;
}
