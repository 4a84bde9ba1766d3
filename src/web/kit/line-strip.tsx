import './line-strip.css';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stop } from '../api/types';
import { useWords } from '../words/use-words';
import { type HealthMark, HealthStop } from './glyphs';

export type Carry = 'whole' | 'strained' | 'cut' | 'dots' | 'harm' | 'none';

/** What carries the promise right of a stop: the next stop's health; before the record itself, the harm it brings. */
export function carryOf(stops: Stop[], index: number): Carry {
  const next = stops[index + 1];
  if (!next) return 'none';
  const last = index === stops.length - 2;
  const health = last ? stops[index]!.health : next.health;
  if (last && health === 'broken') return 'harm';
  return health === 'broken' ? 'cut' : health === 'at_risk' ? 'strained' : health === 'unknown' ? 'dots' : 'whole';
}

/** One piece of line; its shape tells the truth, its colour repeats it. */
export function Segment({ carry }: { carry: Carry }) {
  if (carry !== 'cut') return <i className={`ln ${carry}`} aria-hidden="true" />;
  return (
    <i className="ln cut-line" aria-hidden="true">
      <svg viewBox="0 0 14 10" aria-hidden="true">
        <path d="m3.5 9 3-8M8 9l3-8" />
      </svg>
    </i>
  );
}

const tones: Record<string, string> = { good: 'good', at_risk: 'risk', broken: 'broken', unknown: 'q' };

/** Goal, service, component, this record: joined by the line. `hrefOf` gives a stop's page. */
export function LineStrip({
  stops,
  more,
  hrefOf,
  note,
}: {
  stops: Stop[];
  more: number;
  hrefOf: (stop: Stop) => string | undefined;
  note?: string | null;
}) {
  const { t } = useTranslation('kit');
  const words = useWords();
  return (
    <nav className="strip" aria-label={t('line.label')}>
      {stops.map((stop, index) => {
        const here = index === stops.length - 1;
        const mark: HealthMark = here ? 'here' : stop.health;
        const href = here ? undefined : hrefOf(stop);
        const stake = here ? (stop.stake ?? note) : stop.stake;
        const Tag = href ? 'a' : 'span';
        return (
          <Tag key={`${stop.kind}${stop.number}`} className="stop" {...(href ? { href } : {})}>
            <span className="kind">
              {here ? t('line.here') : words.type(stop.kind)}
              {index === 0 && more > 0 ? <span className="q nw more">{t('line.more', { count: more })}</span> : null}
            </span>
            <span className="on">
              <HealthStop mark={mark} label={t(`health.${mark}`)} />
              <Segment carry={carryOf(stops, index)} />
            </span>
            <span className="name" title={stop.name}>
              <span className="cut">{here ? stop.number : stop.name}</span>
            </span>
            <span className="stake" title={stake ?? undefined}>
              {here || stop.health === 'good' ? null : (
                <Fragment>
                  <span className={`b ${tones[stop.health]}`}>{t(`health.${stop.health}`)}</span>
                  {stake ? ' · ' : null}
                </Fragment>
              )}
              {stake ?? (here ? null : stop.health === 'good' ? t('health.good') : null)}
            </span>
          </Tag>
        );
      })}
    </nav>
  );
}
