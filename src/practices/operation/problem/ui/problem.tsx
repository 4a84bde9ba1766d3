import { useTranslation } from 'react-i18next';
import type { RecordRow } from '../../../../web/api/types';
import { PriorityMark, When, Who } from '../../../../web/kit/marks';
import { HeadFacts } from '../../../../web/screens/records/head-facts';
import { NamedBy } from '../../../../web/screens/records/named-by';
import type { Bar } from '../../../../web/screens/records/page';
import { RecordAt } from '../../../../web/screens/records/record-at';
import { Texts } from '../../../../web/screens/records/texts';
import { numberOf, refOf, textOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';

const bar: Bar = {
  order: [
    'adopt',
    'assess',
    'investigate',
    'document',
    'fix',
    'resolve',
    'close',
    'assign',
    'reopen',
    'drop',
    'accept',
  ],
  likely: {
    imported: 'adopt',
    new: 'assess',
    assessed: 'investigate',
    investigating: 'document',
    known_error: 'fix',
    fix_in_progress: 'resolve',
    resolved: 'close',
  },
  seldom: ['cancel', 'accept', 'drop'],
};

const apart = ['priority', 'assignee_id', 'team_id', 'root_cause', 'workaround', 'resolution_note', 'lessons'];
const said = [
  'known_error',
  'known_error_at',
  'service_id',
  'no_change_reason',
  'accepted_risk_reason',
  'reopen_count',
];

/** One problem: its cause and what helps meanwhile, the incidents behind which it stands, what was done. */
export function Problem() {
  const { t } = useTranslation('causes');
  return (
    <RecordAt plural="problems" bar={bar} leave={[...apart, ...said]} head={(record) => <Head record={record} />}>
      {(record) => (
        <>
          {record.state === 'imported' ? <p className="notice">{t('imported')}</p> : null}
          <Texts
            record={record}
            fields={[
              'workaround',
              'root_cause',
              'resolution_note',
              'no_change_reason',
              'accepted_risk_reason',
              'lessons',
            ]}
          />
          <NamedBy record={record} field="problem_id" title={t('its_incidents')} none={t('no_incidents')} />
        </>
      )}
    </RecordAt>
  );
}

function Head({ record }: { record: RecordRow }) {
  const { t } = useTranslation('causes');
  const words = useWords();
  const lead = refOf(record, 'assignee_id');
  return (
    <HeadFacts
      rows={[
        [
          words.field('priority'),
          numberOf(record, 'priority') ? <PriorityMark key="p" priority={numberOf(record, 'priority')} named /> : null,
          'priority',
        ],
        [
          words.field('known_error'),
          record.known_error === true ? (
            <span key="k" className="b">
              {t('since')} <When at={textOf(record, 'known_error_at')} />
            </span>
          ) : null,
          'known_error',
        ],
        [
          words.field('assignee_id'),
          lead ? (
            <span key="a">
              <Who name={lead.name} /> {lead.name}
            </span>
          ) : null,
          'assignee_id',
        ],
        [words.field('team_id'), refOf(record, 'team_id')?.name, 'team_id'],
        [words.field('service_id'), refOf(record, 'service_id')?.name, 'service_id'],
      ]}
    />
  );
}
