import './foresight.css';
import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import { type ComponentProps, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import { useMe, useType } from '../../api/queries';
import type { RecordType } from '../../api/types';
import { HealthStop } from '../../kit/glyphs';
import { Refusal } from '../../kit/states';
import { VerbDialog } from '../../kit/verb-dialog';
import { has } from '../../shell/roles';
import { useWords, type Words } from '../../words/use-words';
import { shortValue } from './history-words';

interface Effect {
  code: string;
  count: number;
  exact: boolean;
  values: Record<string, string>;
  sentence: string;
}

/** What an act would change and lead to, as the server rehearsed it. */
export interface Foreseen {
  number: string | null;
  verb: string;
  changes: { field: string; before: unknown; after: unknown; secret: boolean }[];
  effects: Effect[];
  led_to: { name: string; count: number }[];
  mails: number;
}

/** Rehearses a verb on a record, or the making of one (`number` absent). Throws the refusal. */
export function foresee(plural: string, number: string | undefined, verb: string, input: unknown): Promise<Foreseen> {
  return number
    ? ask<Foreseen>(`/${plural}/${encodeURIComponent(number)}/preview`, { method: 'POST', body: { verb, input } })
    : ask<Foreseen>(`/${plural}/preview`, { method: 'POST', body: { input } });
}

/** Kinds that are tried out before they are switched on, by a trial of their own. */
const tried = new Set(['assignment_rule', 'action_rule', 'queue_order', 'agreement']);

/** Whether somebody sees what follows before they save: administrators do, of all they keep. */
export function useLooksAhead(): (type: RecordType | undefined, number?: string) => boolean {
  const me = useMe();
  const administers = has(me.data, 'administrator');
  // The making of a text template has a preview of another sort at that address.
  return (type, number) =>
    administers &&
    type?.administered === true &&
    !tried.has(type.type) &&
    (number !== undefined || type.type !== 'text_template');
}

/** Verbs in the reader's words: a few by name, many by how many of which kind of record. */
export function verbsSaid(names: readonly string[], words: Pick<Words, 'verb' | 'plural'>): string {
  const parts = names.map((name) => name.split('.') as [string, string]);
  if (parts.length <= 6) return parts.map(([type, verb]) => `${words.plural(type)}: ${words.verb(verb)}`).join(', ');
  const counts = new Map<string, number>();
  for (const [type] of parts) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${words.plural(type)} ${count}`).join(', ');
}

function effectWords(effect: Effect, words: Words, more: (figure: string) => string): string {
  const key = `admin:effect.${effect.code}`;
  if (!i18next.exists(key)) return effect.sentence;
  const figure = words.number(effect.count);
  const values = {
    ...effect.values,
    verbs: effect.values.verbs ? verbsSaid(effect.values.verbs.split(', '), words) : '',
    types: effect.values.type ? words.plural(effect.values.type) : '',
    figure: effect.exact ? figure : more(figure),
  };
  return String(i18next.t(key as never, values as never));
}

/** Before and after of each field, then what follows elsewhere. */
export function Foresight({ seen, type }: { seen: Foreseen; type: RecordType | undefined }) {
  const { t } = useTranslation('admin');
  const words = useWords();
  const more = (figure: string) => t('more_than', { figure });
  const changes = seen.changes.filter(({ field }) => field !== 'title');
  const led = seen.led_to.map(({ name, count }) => {
    const [kind = ''] = name.split('.');
    return { name, what: `${words.plural(kind)}, ${words.past(name)}`, figure: words.number(count) };
  });
  const follows = seen.effects.length + led.length + seen.mails > 0;
  return (
    <section className="fore" role="status" aria-label={t('foresight.title')}>
      {changes.length === 0 ? <p className="q2">{t('foresight.nothing')}</p> : null}
      {changes.length > 0 ? (
        <table>
          <thead>
            <tr className="s">
              <th scope="col">{t('foresight.field')}</th>
              <th scope="col">{t('foresight.before')}</th>
              <th scope="col">{t('foresight.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after, secret }) => (
              <tr key={field}>
                <th scope="row">{words.field(field, type?.fields.find((one) => one.name === field)?.label)}</th>
                {secret ? (
                  <td colSpan={2} className="q2">
                    {t('foresight.secret')}
                  </td>
                ) : (
                  <>
                    <td className="q2">{shortValue(before, field, words)}</td>
                    <td>{shortValue(after, field, words)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {follows ? (
        <ul aria-label={t('foresight.effects')}>
          {seen.effects.map((effect) => (
            <li key={`${effect.code} ${effect.values.type ?? ''}`}>
              <HealthStop mark="at_risk" />
              <span>{effectWords(effect, words, more)}</span>
            </li>
          ))}
          {led.map(({ name, what, figure }) => (
            <li key={name} className="q2">
              {t('foresight.led', { what, figure })}
            </li>
          ))}
          {seen.mails > 0 ? <li>{t('foresight.mails', { figure: words.number(seen.mails) })}</li> : null}
        </ul>
      ) : (
        <p className="s q">{t('foresight.no_effects')}</p>
      )}
      <p className="s q">{t('foresight.kept')}</p>
    </section>
  );
}

/** The same, asked for as soon as it is drawn: in the dialog of a verb. */
export function ForesightOf({
  plural,
  number,
  verb,
  input,
}: {
  plural: string;
  number: string;
  verb: string;
  input: Record<string, unknown>;
}) {
  const type = useType(plural);
  // What is written as the reason changes nothing about what follows.
  const { reason: _reason, ...rest } = input;
  const seen = useQuery({
    queryKey: ['foresight', plural, number, verb, rest],
    queryFn: () => foresee(plural, number, verb, rest),
    staleTime: 0,
    retry: false,
  });
  if (seen.isError) return <Refusal error={seen.error} />;
  return seen.data ? <Foresight seen={seen.data} type={type} /> : null;
}

/** The dialog of an administrator's verb: what follows from it is seen before it is done. */
function ForesightDialog(props: ComponentProps<typeof VerbDialog>) {
  const plural = useType(props.record.type)?.plural;
  const { verb, record } = props;
  const more = useCallback(
    (body: Record<string, unknown>) =>
      plural ? <ForesightOf plural={plural} number={record.number} verb={verb.verb} input={body} /> : null,
    [plural, record.number, verb.verb],
  );
  return <VerbDialog {...props} more={more} />;
}

/** Verbs of what administrators keep that have a dialog of their own by this. */
export const foresightDialogs = {
  retire: ForesightDialog,
  restore: ForesightDialog,
  erase: ForesightDialog,
  switch_off: ForesightDialog,
  switch_on: ForesightDialog,
};
