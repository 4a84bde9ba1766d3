import './clock-bar.css';
import { Popover } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clock, Ref } from '../api/types';
import { readClock, trackOf } from '../words/clock';
import { useNow } from '../words/now';
import { clockFigure } from '../words/time';
import { useWords } from '../words/use-words';

function nameOf(value: string | Ref | null): string {
  return value === null ? '' : typeof value === 'string' ? value : value.name;
}

/** The line of a clock: ink runs, dots pause, the tick is the promise, vermilion lies past it. */
export function Track({
  clock,
  readAt,
  here = false,
  frozen = false,
}: {
  clock: Clock;
  readAt: number;
  here?: boolean;
  frozen?: boolean;
}) {
  const present = useNow();
  const now = frozen ? readAt : present;
  const words = useWords();
  const { parts, promise } = trackOf(clock, readAt, now);
  const { tone } = readClock(clock, readAt, now, words.units);
  const done = clock.state === 'met';
  let before = 0;
  return (
    <span className="track" aria-hidden="true">
      {parts.map((part, index) => {
        const from = before;
        before += part.share;
        const key = `${part.kind}${index}`;
        if (part.kind === 'pause') return <i key={key} className="pause" style={{ width: `${part.share}%` }} />;
        const over = Math.max(0, before - Math.max(promise, from));
        const late = over > 0.01 && promise < 100;
        const look = done ? 'run done' : tone === 'risk' ? 'run risk' : 'run';
        if (!late) return <i key={key} className={look} style={{ width: `${part.share}%` }} />;
        return [
          <i key={key} className="run" style={{ width: `${part.share - over}%` }} />,
          <i key={`${key}over`} className="run over" style={{ width: `${over}%` }} />,
        ];
      })}
      {here ? <b className="now" /> : null}
      <i className="left" />
      <b className="tick" style={{ insetInlineStart: `calc(${promise}% - var(--tl-line))` }} />
    </span>
  );
}

/** One promise of a record: name, what is left, the line; pressing it explains every second. */
export function ClockBar({
  clock,
  readAt,
  open,
  onOpen,
  onWrong,
}: {
  clock: Clock;
  readAt: number;
  open: boolean;
  onOpen: (open: boolean) => void;
  onWrong?: (clock: Clock) => void;
}) {
  const { t } = useTranslation('kit');
  const words = useWords();
  const now = useNow();
  const reading = readClock(clock, readAt, now, words.units);
  const name = clock.team?.name ?? words.target(clock.target);
  const button = useRef<HTMLButtonElement>(null);
  // Asked for by a key or from the menu, the clock may lie out of sight: its reasons are read beside it.
  useEffect(() => {
    const box = open ? button.current?.getBoundingClientRect() : undefined;
    if (box && (box.top < 0 || box.bottom > innerHeight)) button.current?.scrollIntoView({ block: 'center' });
  }, [open]);
  const tone = { good: 'good', risk: 'b risk', broken: 'b broken', calm: 'b', quiet: 'q' }[reading.tone];
  return (
    <Popover opened={open} onChange={onOpen} width={336} position="bottom-end" offset={10} trapFocus={false}>
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className={open ? 'clock on' : 'clock'}
          onClick={() => onOpen(!open)}
          aria-expanded={open}
        >
          <span className="t">
            <span>{name}</span>
            <span className={tone}>{t(`clock.${reading.key}`, { figure: reading.figure, of: reading.of })}</span>
          </span>
          <Track clock={clock} readAt={readAt} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="pop explain" aria-label={t('explain.title')}>
        <Explain clock={clock} readAt={readAt} onWrong={onWrong} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Result, one sentence, the line, the segments that add up, the rule and a way to disagree. */
export function Explain({
  clock,
  readAt,
  onWrong,
  frozen = false,
  whole = false,
}: {
  clock: Clock;
  readAt: number;
  onWrong?: (clock: Clock) => void;
  /** Stands at `readAt`: what was tried, not what runs. */
  frozen?: boolean;
  /** Every segment: paper has no button to show more. */
  whole?: boolean;
}) {
  const { t } = useTranslation('kit');
  const words = useWords();
  const present = useNow();
  const now = frozen ? readAt : present;
  const [all, setAll] = useState(false);
  useEffect(() => setAll(false), [clock.started_at]);
  const reading = readClock(clock, readAt, now, words.units);
  const due = clock.due_at ?? clock.promised_at ?? null;
  const agreement = clock.agreement && typeof clock.agreement === 'object' ? clock.agreement : null;
  const long = clock.explain.filter((segment) => segment.seconds >= 1);
  const rows = long.length ? long : clock.explain;
  const shown = whole || all || rows.length <= 8 ? rows : [...rows.slice(0, 3), ...rows.slice(-4)];
  return (
    <>
      <p className="b num ex-head">
        <span>
          {clock.team?.name ? `${words.target(clock.target)} ${clock.team.name}` : words.target(clock.target)}{' '}
          {due ? t('explain.by', { at: words.when(due) }) : null}
        </span>
        <span>{t(`clock.${reading.key}`, { figure: reading.figure, of: reading.of })}</span>
      </p>
      <p className="s q2">
        {clock.target_s === null
          ? t('explain.instant', { agreement: nameOf(clock.agreement) })
          : t('explain.promise', { target: words.duration(clock.target_s), agreement: nameOf(clock.agreement) })}{' '}
        {clock.calendar ? t('explain.calendar', { calendar: nameOf(clock.calendar) }) : t('explain.always')}
      </p>
      <div className="ex-track">
        <Track clock={clock} readAt={readAt} here={clock.state === 'running'} frozen={frozen} />
      </div>
      <p className="s q num ex-head">
        <span title={words.exact(clock.started_at)}>{words.when(clock.started_at)}</span>
        <span>{due ? words.when(due) : ''}</span>
      </p>
      <table className="seg num">
        <tbody>
          {shown.map((segment, index) => (
            <tr key={segment.from} className={segment.counts ? undefined : 'q'}>
              <td title={words.exact(segment.from)}>{words.when(segment.from)}</td>
              <td>
                <span title={segment.rule ?? undefined}>
                  {segment.state && segment.kind !== 'closed'
                    ? `${words.state(segment.state)}${segment.kind === 'paused' ? `, ${t('explain.paused_word')}` : ''}`
                    : t(`explain.${segment.kind}`)}
                </span>
                {!whole && !all && rows.length > 8 && index === 2 ? (
                  <button type="button" className="link ex-more" onClick={() => setAll(true)}>
                    {t('explain.more', { count: rows.length - 7 })}
                  </button>
                ) : null}
              </td>
              <td>{segment.counts ? clockFigure(segment.seconds) : `(${clockFigure(segment.seconds)})`}</td>
            </tr>
          ))}
          <tr className="sum">
            <td>{words.time(new Date(now).toISOString())}</td>
            <td>
              {clock.target_s === null ? t('explain.used') : t('explain.used_of', { of: clockFigure(clock.target_s) })}
            </td>
            <td>{clockFigure(reading.elapsed)}</td>
          </tr>
        </tbody>
      </table>
      {onWrong ? (
        <p className="s ex-foot">
          {agreement ? (
            <a className="link" href={`/agreements/${agreement.number}`}>
              {agreement.name}
              {agreement.version ? t('explain.version', { version: agreement.version }) : ''}
            </a>
          ) : null}
          <button type="button" className="link end" onClick={() => onWrong(clock)}>
            {t('explain.wrong')}
          </button>
        </p>
      ) : null}
    </>
  );
}
