import { useTranslation } from 'react-i18next';
import type { Clock, RecordRow, RecordType } from '../../../../web/api/types';
import { Steps } from '../../../../web/desk/steps';
import { Time } from '../../../../web/desk/time';
import { ClockBar } from '../../../../web/kit/clock-bar';
import { Facts, Section } from '../../../../web/kit/facts';
import { When } from '../../../../web/kit/marks';
import { Value } from '../../../../web/kit/value';
import { Links } from '../../../../web/screens/records/links';
import { Watching } from '../../../../web/screens/records/watching';
import { useHref } from '../../../../web/shell/use-href';
import { numberOf, refOf, textOf } from '../../../../web/words/record';
import { ruleWords, useWords } from '../../../../web/words/use-words';
import { useAround } from './around';
import { Automatic } from './automatic';
import { Place, TeamShares } from './place';
import { Requester } from './requester';
import { RulesActed } from './rules-acted';
import { Affected, Changes, KnownErrors, Similar } from './surroundings';

/** What one needs to know beside the conversation: promises, person, reasons, neighbours. */
export function Context({
  record,
  type,
  clocks,
  readAt,
  explained,
  onExplain,
  onWrong,
}: {
  record: RecordRow;
  type: RecordType;
  clocks: Clock[];
  readAt: number;
  explained: string | null;
  onExplain: (target: string | null) => void;
  onWrong: (clock: Clock) => void;
}) {
  const { t } = useTranslation('incident');
  const { t: tell } = useTranslation('around');
  const words = useWords();
  const hrefOf = useHref();
  const impact = numberOf(record, 'impact');
  const urgency = numberOf(record, 'urgency');
  const around = useAround(record.number);
  const cause = refOf(record, 'caused_by_change_id');
  const custom = type.fields.filter(
    (field) => field.name.startsWith('x_') && record[field.name] !== null && record[field.name] !== undefined,
  );
  return (
    <aside className="ctx" aria-label={t('context')}>
      {type.fields.some(({ name }) => name === 'due_at') ? (
        <Automatic
          number={record.number}
          subject="promise"
          title={t('clocks')}
          why={null}
          mayDoubt={record.offers?.includes('doubt') ?? false}
        >
          {clocks.length === 0 ? <p className="q">{t('no_clocks')}</p> : null}
          {clocks.map((clock) => (
            <ClockBar
              key={clock.target + clock.started_at}
              clock={clock}
              readAt={readAt}
              open={explained === clock.target}
              onOpen={(open) => onExplain(open ? clock.target : null)}
              onWrong={onWrong}
            />
          ))}
          <TeamShares clocks={clocks} />
        </Automatic>
      ) : null}
      {around.data ? <KnownErrors record={record} around={around.data} /> : null}
      {around.data ? <Changes record={record} around={around.data} /> : null}
      {around.data ? <Similar record={record} around={around.data} /> : null}
      <Requester record={record} around={around.data} />
      <Steps plural="incidents" record={record} />
      <Time plural="incidents" record={record} />
      {around.data ? <Affected record={record} around={around.data} /> : null}
      {impact && urgency ? (
        <Automatic
          number={record.number}
          subject="priority"
          title={t('why_priority', { priority: numberOf(record, 'priority') ?? '' })}
          why={null}
          mayDoubt={record.offers?.includes('doubt') ?? false}
        >
          <p className="q2">
            {t('priority_sentence', {
              impact,
              urgency,
              impact_name: words.choice('impact', String(impact), ''),
              urgency_name: words.choice('urgency', String(urgency), ''),
              priority: numberOf(record, 'priority') ?? '',
            })}
          </p>
        </Automatic>
      ) : null}
      {around.data?.assignment ? (
        <Automatic
          number={record.number}
          subject="team"
          title={tell('team')}
          why={around.data.assignment.why}
          mayDoubt={record.offers?.includes('doubt') ?? false}
        >
          <p className="q2">{ruleWords(around.data.assignment.sentence)}</p>
        </Automatic>
      ) : null}
      <RulesActed record={record} type={type} />
      <Links
        plural="incidents"
        record={record}
        first={cause ? [{ number: cause.number, name: cause.name, kind: t('link.caused_by_out') }] : []}
      />
      <Place record={record} />
      <Section title={t('more')}>
        <Facts
          rows={[
            [
              words.field('opened_at'),
              record.opened_at ? <When key="o" full at={textOf(record, 'opened_at')} /> : null,
            ],
            [
              words.field('category'),
              [textOf(record, 'category'), textOf(record, 'subcategory')].filter(Boolean).join(' / '),
            ],
            [
              words.field('channel'),
              record.channel ? words.choice('channel', textOf(record, 'channel')) : null,
              'channel',
            ],
            [words.field('department'), refOf(record, 'department')?.name, 'department'],
            [words.field('organization_id'), refOf(record, 'organization_id')?.name, 'organization_id'],
            [words.field('reopen_count'), numberOf(record, 'reopen_count') || null, 'reopen_count'],
            [words.field('reassignment_count'), numberOf(record, 'reassignment_count') || null, 'reassignment_count'],
            [
              words.field('resolved_at'),
              record.resolved_at ? <When key="r" full at={textOf(record, 'resolved_at')} /> : null,
            ],
            [
              words.field('resolution_code'),
              record.resolution_code ? words.choice('resolution_code', textOf(record, 'resolution_code')) : null,
            ],
            [words.field('resolution_note'), textOf(record, 'resolution_note'), 'resolution_note'],
            [
              words.field('parent_id'),
              refOf(record, 'parent_id') ? (
                <Value
                  key="p"
                  field={{ name: 'parent_id', kind: 'reference' }}
                  value={record.parent_id}
                  hrefOf={hrefOf}
                />
              ) : null,
            ],
            [
              words.field('problem_id'),
              refOf(record, 'problem_id') ? (
                <Value
                  key="q"
                  field={{ name: 'problem_id', kind: 'reference' }}
                  value={record.problem_id}
                  hrefOf={hrefOf}
                />
              ) : null,
            ],
            [
              words.field('source_number'),
              [textOf(record, 'source'), textOf(record, 'source_number')].filter(Boolean).join(' '),
            ],
            ...custom.map((field): [string, React.ReactNode, string] => [
              words.field(field.name, field.label),
              <Value key={field.name} field={field} value={record[field.name]} hrefOf={hrefOf} />,
              field.name,
            ]),
          ]}
        />
      </Section>
      <Watching plural="incidents" record={record} />
    </aside>
  );
}
