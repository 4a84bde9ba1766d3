import './agreement.css';
import { useTranslation } from 'react-i18next';
import type { RecordRow, Ref } from '../../../../web/api/types';
import { Section } from '../../../../web/kit/facts';
import { RecordAt } from '../../../../web/screens/records/record-at';
import { refOf, textOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import { byTarget, isSlice, type MatchRow, nameOf, type PromiseRow } from './plain';
import { TryOut } from './try-out';

/** One agreement as one page in plain words, and a place to try it before it holds. */
export function Agreement() {
  return (
    <RecordAt
      plural="agreements"
      leave={[
        'match',
        'targets',
        'calendar_id',
        'parties',
        'pause_states',
        'effective_on',
        'valid_until',
        'review_on',
        'cases',
        'escalations',
        'pause_targets',
        'warn_share',
        'published',
      ]}
    >
      {(record) => (
        <>
          <Plain record={record} />
          <TryOut record={record} />
        </>
      )}
    </RecordAt>
  );
}

function Plain({ record }: { record: RecordRow }) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const match = (record.match ?? {}) as MatchRow;
  const all = (record.targets ?? []) as PromiseRow[];
  const sliced = all.some(isSlice);
  const slices = all.filter((row) => sliced && row.target === 'team');
  const targets = all.filter((row) => !slices.includes(row));
  const parties = ((record.parties ?? []) as Ref[]).map((one) => one.name);
  const pauses = ((record.pause_states ?? []) as string[]).map((state) =>
    words.state(state).toLocaleLowerCase(words.language),
  );
  const holds = [
    nameOf(match.service_id) && t('plain.service', { name: nameOf(match.service_id) }),
    match.priority && t('plain.priority', { priority: match.priority }),
    nameOf(match.department) && t('plain.department', { name: nameOf(match.department) }),
    nameOf(match.organization_id) && t('plain.organization', { name: nameOf(match.organization_id) }),
  ].filter(Boolean);
  // Where no promise names a priority, "every priority" in each line says nothing.
  const any = all.some((row) => row.priority) ? t('plain.of_any') : '';
  const amount = (row: PromiseRow): string => {
    if (row.seconds !== undefined) return words.duration(row.seconds);
    if (row.working_days !== undefined)
      return t(row.end_of_day ? 'plain.days_end' : 'plain.days', { count: row.working_days });
    return t('plain.at', { field: words.field(row.at_field ?? '') });
  };
  return (
    <div className="pl">
      <p>
        {parties.length > 1
          ? t('plain.between', { names: parties.join(t('plain.and')) })
          : parties.length === 1
            ? t('plain.with', { name: parties[0] })
            : t('plain.nobody')}{' '}
        {holds.length ? t('plain.for', { what: holds.join(', ') }) : t('plain.for_all')}
      </p>
      <Section title={t('plain.promises')}>
        <table className="pl-t">
          <tbody>
            {byTarget(targets).flatMap(([target, rows]) =>
              rows.map((row, at) => (
                <tr key={`${target}${row.priority ?? ''}`}>
                  {at === 0 ? (
                    <th scope="rowgroup" rowSpan={rows.length}>
                      {words.target(target)}
                    </th>
                  ) : null}
                  <td className="q2">{row.priority ? t('plain.of_priority', { priority: row.priority }) : any}</td>
                  <td className="b num">{t('plain.within', { amount: amount(row) })}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </Section>
      {slices.length ? (
        <Section title={t('plain.slices')}>
          <table className="pl-t">
            <tbody>
              {slices.map((row) => (
                <tr key={`${nameOf(row.team_id)} ${row.priority ?? ''}`}>
                  <th scope="row">{nameOf(row.team_id) || t('plain.rest')}</th>
                  <td className="q2">{row.priority ? t('plain.of_priority', { priority: row.priority }) : any}</td>
                  <td className="b num">{t('plain.within', { amount: amount(row) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      ) : null}
      <p>
        {refOf(record, 'calendar_id')
          ? t('plain.calendar', { name: refOf(record, 'calendar_id')?.name })
          : t('plain.always')}{' '}
        {pauses.length ? t('plain.pauses', { states: pauses.join(', ') }) : t('plain.no_pauses')}
      </p>
      <p>
        {record.effective_on ? t('plain.from', { date: words.date(textOf(record, 'effective_on')) }) : ''}{' '}
        {record.valid_until ? t('plain.until', { date: words.date(textOf(record, 'valid_until')) }) : ''}{' '}
        {record.review_on ? t('plain.review', { date: words.date(textOf(record, 'review_on')) }) : ''}
      </p>
    </div>
  );
}
