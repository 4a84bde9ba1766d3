import './change.css';
import { useTranslation } from 'react-i18next';
import { usePart } from '../../../../web/api/queries';
import type { Page, RecordRow } from '../../../../web/api/types';
import { When, Who } from '../../../../web/kit/marks';
import { HeadFacts } from '../../../../web/screens/records/head-facts';
import { NamedBy } from '../../../../web/screens/records/named-by';
import type { Bar } from '../../../../web/screens/records/page';
import { RecordAt } from '../../../../web/screens/records/record-at';
import { Texts } from '../../../../web/screens/records/texts';
import { refOf, textOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';

const bar: Bar = {
  order: [
    'adopt',
    'submit',
    'schedule',
    'assess',
    'refer',
    'approve',
    'reject',
    'implement',
    'review',
    'document',
    'close',
    'assign',
  ],
  likely: {
    imported: 'adopt',
    draft: 'submit',
    submitted: 'assess',
    assessing: 'refer',
    awaiting_authorization: 'approve',
    scheduled: 'implement',
    implementing: 'review',
    documentation: 'document',
    review: 'close',
  },
  seldom: ['cancel', 'revise'],
};

const apart = [
  'kind',
  'reason',
  'implementation_plan',
  'test_plan',
  'backout_plan',
  'assessment',
  'review_note',
  'planned_start',
  'planned_end',
  'approved_by_id',
  'approved_at',
  'requester_id',
  'assignee_id',
  'risk_level',
  'outcome',
];

/** One change: what is planned and when, who said yes, what stands in its way, and what came of it. */
export function Change() {
  const { t } = useTranslation('causes');
  return (
    <RecordAt plural="changes" bar={bar} leave={apart} head={(record) => <Head record={record} />}>
      {(record) => (
        <>
          {record.state === 'imported' ? <p className="notice">{t('imported')}</p> : null}
          <Conflicts record={record} />
          {record.actual_start || record.state === 'imported' ? (
            <NamedBy record={record} field="caused_by_change_id" title={t('caused')} none={t('caused_none')} />
          ) : null}
          <Texts
            record={record}
            fields={['reason', 'implementation_plan', 'test_plan', 'backout_plan', 'assessment', 'review_note']}
          />
        </>
      )}
    </RecordAt>
  );
}

function Head({ record }: { record: RecordRow }) {
  const { t } = useTranslation('causes');
  const words = useWords();
  const [from, to] = [textOf(record, 'planned_start'), textOf(record, 'planned_end')];
  const requester = refOf(record, 'requester_id');
  const approver = refOf(record, 'approved_by_id');
  const assignee = refOf(record, 'assignee_id');
  const choice = (field: string) => (record[field] ? words.choice(field, textOf(record, field)) : null);
  const person = (one: { name: string } | null) =>
    one ? (
      <span>
        <Who name={one.name} /> {one.name}
      </span>
    ) : null;
  return (
    <HeadFacts
      rows={[
        [t('kind'), record.kind ? t(`kind_of.${textOf(record, 'kind')}` as 'kind_of.normal') : null, 'change_kind'],
        [t('window'), from && to ? <span key="w">{words.window(from, to)}</span> : null, 'window'],
        [words.field('risk_level'), choice('risk_level')],
        [words.field('requester_id'), person(requester)],
        [words.field('assignee_id'), assignee?.id === requester?.id ? null : person(assignee), 'assignee_id'],
        [
          t('approved'),
          approver ? (
            <span key="a">
              {approver.name}, <When at={textOf(record, 'approved_at')} />
            </span>
          ) : ['imported', 'rejected', 'cancelled'].includes(record.state ?? '') ? null : (
            <span key="a" className="q">
              {t('not_approved')}
            </span>
          ),
          'approval',
        ],
        [words.field('outcome'), choice('outcome')],
      ]}
    />
  );
}

interface Conflict {
  id: string;
  number: string;
  name: string;
  planned_start: string;
  planned_end: string;
  components: { name: string }[];
}

/** Other changes at the same time on the same component: said before anybody approves. */
function Conflicts({ record }: { record: RecordRow }) {
  const { t } = useTranslation('causes');
  const words = useWords();
  const conflicts = usePart<Page<Conflict>>('changes', record.number, 'conflicts', Boolean(record.planned_start));
  const items = conflicts.data?.items ?? [];
  if (items.length === 0 || ['closed', 'rejected', 'cancelled'].includes(record.state ?? '')) return null;
  return (
    <section className="notice" aria-label={t('conflicts')}>
      <h2 className="b risk">{t('conflicts')}</h2>
      {items.map((one) => (
        <p key={one.id}>
          <a className="u" href={`/changes/${one.number}`}>
            {one.number} {one.name}
          </a>{' '}
          <span className="q2">
            {words.window(one.planned_start, one.planned_end)} · {one.components.map(({ name }) => name).join(', ')}
          </span>
        </p>
      ))}
    </section>
  );
}
