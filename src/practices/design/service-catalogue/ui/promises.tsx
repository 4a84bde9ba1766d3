import { useTranslation } from 'react-i18next';
import { Section } from '../../../../web/kit/facts';
import { useMeasure } from '../../../../web/screens/operations/figures';
import { useMinute } from '../../../../web/words/now';
import { useWords } from '../../../../web/words/use-words';

const day = 86_400_000;
const order = ['first_response', 'update', 'resolution', 'team'];

/** Promise and reality of the last thirty days: each promise, the share that was kept, and of how many. */
export function Promises({ number }: { number: string }) {
  const { t } = useTranslation('direction');
  const words = useWords();
  const now = useMinute();
  const on = (at: number) => new Date(at).toISOString().slice(0, 10);
  const found = useMeasure('promises', {
    from: on(now - 30 * day),
    to: on(now + day),
    service_id: number,
    by: 'target',
  });
  const rows = [...(found.data?.items ?? [])].sort((a, b) => order.indexOf(a.key ?? '') - order.indexOf(b.key ?? ''));
  if (!found.data) return null;
  return (
    <Section title={t('service.promises')} note={t('service.promises_unit')}>
      {rows.length === 0 ? <p className="q">{t('service.no_promises')}</p> : null}
      <ul className="sv-kept">
        {rows.map((row) => {
          const of = row.count ?? 0;
          return (
            <li key={row.key}>
              <span className="cut">{words.target(row.key ?? '')}</span>
              <span className="b num r">{`${words.number(row.value * 100, 1)} %`}</span>
              <span className="sv-track" aria-hidden="true">
                <i style={{ inlineSize: `${row.value * 100}%` }} />
              </span>
              <span className="q2 num">
                {t('service.kept_of', { kept: words.number(Math.round(row.value * of), 0), of: words.number(of, 0) })}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
