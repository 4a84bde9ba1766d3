import { useTranslation } from 'react-i18next';
import { useCount } from '../../../../web/api/queries';
import type { RecordRow } from '../../../../web/api/types';
import { Facts, Section } from '../../../../web/kit/facts';
import { useHref } from '../../../../web/shell/use-href';
import { present } from '../../../../web/words/now';
import { refOf, textOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import type { Around } from './around';

/** Who asked: where and when they are, what they own, what else they wait for. */
export function Requester({ record, around }: { record: RecordRow; around: Around | undefined }) {
  const { t } = useTranslation('incident');
  const { t: tell } = useTranslation('around');
  const words = useWords();
  const hrefOf = useHref();
  const requester = refOf(record, 'requester_id');
  const beneficiary = refOf(record, 'beneficiary_id');
  const since = new Date(
    Date.parse(textOf(record, 'opened_at') || record.created_at || '') - 90 * 86_400_000,
  ).toISOString();
  const before = useCount(
    'incidents',
    { requester_id: requester?.number ?? '', 'opened_at.gte': since.slice(0, 10) },
    Boolean(requester) && !Number.isNaN(Date.parse(since)),
  );
  if (!requester) return null;
  const known = around?.requester;
  const zone = known?.time_zone;
  const total = before.data?.total;
  const absent = known?.absent;
  const list = (items: { number: string; name: string; type: string }[]) =>
    items.map((one, at) => (
      <span key={one.number}>
        {at ? ', ' : ''}
        <a className="u" href={hrefOf(one.number, one.type)}>
          {one.name}
        </a>
      </span>
    ));
  return (
    <Section title={t('requester')}>
      <Facts
        rows={[
          [
            t('who'),
            <a key="w" className="u" href={`/people/${requester.number}`}>
              {requester.name}
            </a>,
          ],
          [t('for_whom'), beneficiary && beneficiary.id !== requester.id ? beneficiary.name : null],
          [
            tell('absent'),
            absent ? (
              <span key="a" className="risk">
                {absent.until ? tell('absent_until', { at: words.date(absent.until) }) : tell('absent_now')}
                {absent.delegate ? ` · ${tell('delegate', { name: absent.delegate.name })}` : ''}
              </span>
            ) : null,
          ],
          [t('where'), known?.location],
          [t('mail'), known?.email],
          [t('language'), known?.language ? words.choice('language', known.language) : null],
          [
            t('local_time'),
            zone && zone !== words.zone
              ? `${new Intl.DateTimeFormat(words.language, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(present()))} ${zone}`
              : null,
          ],
          [tell('devices'), known?.devices.length ? list(known.devices) : null],
          [
            tell('open_others'),
            known?.open.total ? (
              <span key="o">
                {list(known.open.items.slice(0, 3))}
                {known.open.total > 3 ? ` ${tell('and_more', { count: known.open.total - 3 })}` : ''}
              </span>
            ) : null,
          ],
          [
            t('before'),
            total ? (
              <a key="b" className="link" href={`/incidents?filter=requester:${requester.number}&sort=-opened_at`}>
                {t('before_count', { count: total })}
              </a>
            ) : null,
          ],
        ]}
      />
    </Section>
  );
}
