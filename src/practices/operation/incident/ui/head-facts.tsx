import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRow } from '../../../../web/api/types';
import { PriorityMark, StatePill, Who } from '../../../../web/kit/marks';
import { Term } from '../../../../web/kit/term';
import { numberOf, refOf, textOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';

/** The facts under the title of an incident: how it stands and who has it. */
export function HeadFacts({ record, category }: { record: RecordRow; category: string | undefined }) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const assignee = refOf(record, 'assignee_id');
  return (
    <dl className="fl">
      <Fact name={words.field('state')} term="state">
        <StatePill state={record.state ?? ''} category={category} />
      </Fact>
      <Fact name={words.field('priority')} term="priority">
        <PriorityMark priority={numberOf(record, 'priority')} named />
      </Fact>
      <Fact name={words.field('assignee_id')} term="assignee_id">
        {assignee ? (
          <>
            <Who name={assignee.name} /> {assignee.name}
          </>
        ) : (
          <span className="q">{t('nobody')}</span>
        )}
      </Fact>
      <Fact name={words.field('team_id')} term="team_id">
        {refOf(record, 'team_id')?.name ?? <span className="q">{t('no_team')}</span>}
      </Fact>
      {refOf(record, 'service_id') ? (
        <Fact name={words.field('service_id')} term="service_id">
          {refOf(record, 'service_id')?.name}
        </Fact>
      ) : null}
      {refOf(record, 'configuration_item_id') ? (
        <Fact name={words.field('configuration_item_id')} term="configuration_item_id">
          {refOf(record, 'configuration_item_id')?.name}
        </Fact>
      ) : null}
      {record.state === 'on_hold' && textOf(record, 'hold_reason') ? (
        <Fact name={t('waiting_for')} term="hold_reason">
          {words.choice('hold_reason', textOf(record, 'hold_reason'))}
          {record.hold_until ? (
            <span className="q"> {t('until', { at: words.when(textOf(record, 'hold_until')) })}</span>
          ) : null}
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, term, children }: { name: string; term: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <Term name={term}>{name}</Term>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
