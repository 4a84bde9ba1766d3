import { useTranslation } from 'react-i18next';
import { usePart } from '../../../../web/api/queries';
import type { HistoryLine, Page, RecordRow, RecordType } from '../../../../web/api/types';
import { When } from '../../../../web/kit/marks';
import { useLineWords } from '../../../../web/screens/records/history-words';
import { Automatic } from './automatic';

interface RuleWhy {
  rule: string;
  rule_id: string;
  inputs?: Record<string, unknown>;
  alternatives?: { rule: string; because: string }[];
}

const most = 5;

/** What rules of the organisation have done to it, the newest first, each with its reason and a way to call it wrong. */
export function RulesActed({ record, type }: { record: RecordRow; type: RecordType }) {
  const { t } = useTranslation('around');
  const words = useLineWords(type);
  const history = usePart<Page<HistoryLine>>('incidents', record.number, 'history');
  const acted = (history.data?.items ?? []).filter(
    (line) => line.actor?.kind === 'rule' && (line.why as Partial<RuleWhy> | null)?.rule_id,
  );
  return acted.slice(0, most).map((line) => {
    const why = line.why as RuleWhy;
    const others = (why.alternatives ?? []).map(({ rule, because }) => `${rule} ${becauseWords(because)}`);
    return (
      <Automatic
        key={line.id}
        number={record.number}
        subject="rule"
        line={line.id}
        title={why.rule}
        why={{ rule: 'rule', inputs: why.inputs ?? {}, alternatives: others.length > 0 ? { others } : {} }}
        mayDoubt={record.offers?.includes('doubt') ?? false}
      >
        <p className="q2">
          {words(line)} <When at={line.at} className="q s nw" />
        </p>
      </Automatic>
    );
  });

  function becauseWords(because: string): string {
    const key = `because.${because.replaceAll(' ', '_')}` as 'because.fits_too';
    return t(key, because);
  }
}
