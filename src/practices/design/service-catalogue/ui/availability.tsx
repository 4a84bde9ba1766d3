import { useTranslation } from 'react-i18next';
import { usePart } from '../../../../web/api/queries';
import { Section } from '../../../../web/kit/facts';
import { HealthStop } from '../../../../web/kit/glyphs';
import { When } from '../../../../web/kit/marks';
import { useHref } from '../../../../web/shell/use-href';
import { useWords } from '../../../../web/words/use-words';

interface Found {
  availability: number | null;
  down_s: number;
  items: { number: string; state: string; message: string | null; started_at: string; seconds: number }[];
}

/** How much of the last thirty days a service was there, and the outages that say so. */
export function Availability({ number }: { number: string }) {
  const { t } = useTranslation('alerts');
  const words = useWords();
  const hrefOf = useHref();
  const found = usePart<Found>('services', number, 'availability');
  if (!found.data) return null;
  const { availability, down_s, items } = found.data;
  return (
    <Section title={t('availability.title')} note={t('availability.unit')}>
      <p>
        <span className="b num">{availability === null ? '–' : `${words.number(availability * 100, 3)} %`}</span>{' '}
        <span className="q2">
          {items.length === 0 ? t('availability.none') : t('availability.down', { time: words.duration(down_s) })}
        </span>
      </p>
      <ul className="sv-outs">
        {items.slice(0, 6).map((one) => (
          <li key={one.number}>
            <HealthStop mark={one.state === 'ongoing' ? 'broken' : 'good'} label={words.state(one.state)} />
            <a className="u num" href={hrefOf(one.number, 'outage')}>
              {one.number}
            </a>
            <span className="cut">{one.message ?? words.state(one.state)}</span>
            <span className="q2 num nw">{words.duration(one.seconds)}</span>
            <When at={one.started_at} className="q s num nw" />
          </li>
        ))}
      </ul>
    </Section>
  );
}
