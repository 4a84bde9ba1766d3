import './chart.css';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Point {
  key: string;
  label: string;
  value: number;
  href?: string;
}

export interface Series {
  name: string;
  points: Point[];
  tone: 'ink' | 'grey' | 'blue';
}

/** The width a chart has: it is redrawn, never scaled, so that its words stay readable. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

/** Round steps of an axis from zero, at most five; whole things are counted in whole steps. */
export function ticksOf(most: number, whole = false): number[] {
  if (most <= 0) return [0, 1];
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const round = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= raw) ?? power * 10;
  const step = whole ? Math.max(1, Math.ceil(round)) : round;
  const ticks: number[] = [];
  for (let value = 0; value < most + step * 0.999; value += step) ticks.push(Number(value.toPrecision(6)));
  return ticks;
}

/** Lines over time: ink is what was asked about, grey the comparison, the difference lightly filled. */
export function LineChart({
  label,
  series,
  format,
  promise,
  height = 220,
}: {
  label: string;
  series: Series[];
  format: (value: number) => string;
  promise?: { value: number; label: string };
  height?: number;
}) {
  const { t } = useTranslation('kit');
  const [box, width] = useWidth();
  const count = Math.max(...series.map((one) => one.points.length), 1);
  const most = Math.max(...series.flatMap((one) => one.points.map((point) => point.value)), promise?.value ?? 0);
  const whole = series.every((one) => one.points.every((point) => Number.isInteger(point.value)));
  const ticks = ticksOf(most, whole);
  const top = ticks.at(-1) || 1;
  const left = Math.max(...ticks.map((tick) => format(tick).length)) * 7 + 12;
  const narrow = width < 520;
  const right = narrow ? 12 : 116;
  const inner = { w: Math.max(10, width - left - right), h: height - 36 };
  const x = (at: number) => left + (count === 1 ? inner.w / 2 : (at / (count - 1)) * inner.w);
  const y = (value: number) => 10 + inner.h - (value / top) * inner.h;
  const path = (points: Point[]) =>
    points.map((point, at) => `${at ? 'L' : 'M'}${x(at).toFixed(1)} ${y(point.value).toFixed(1)}`).join('');
  const every = Math.max(1, Math.ceil(count / Math.max(2, Math.floor(inner.w / 84))));
  const first = series[0];
  const second = series[1];
  const ends = endsOf(series, y);
  return (
    <div ref={box} className="chart-box">
      {width > 0 && first ? (
        <svg className="chart" width={width} height={height} role="group" aria-label={label}>
          {ticks.map((tick) => (
            <g key={tick}>
              <path className={tick === 0 ? 'axis' : 'grid'} d={`M${left} ${y(tick)}H${left + inner.w}`} />
              <text x={left - 8} y={y(tick) + 4} textAnchor="end">
                {format(tick)}
              </text>
            </g>
          ))}
          {first.points.map((point, at) =>
            at % every === 0 ? (
              <text key={point.key} x={x(at)} y={height - 6} textAnchor={at === 0 ? 'start' : 'middle'}>
                {point.label}
              </text>
            ) : null,
          )}
          {second && second.points.length === first.points.length ? (
            <path
              className="area"
              d={`${path(first.points)}${[...second.points]
                .reverse()
                .map((point, at) => `L${x(second.points.length - 1 - at).toFixed(1)} ${y(point.value).toFixed(1)}`)
                .join('')}Z`}
            />
          ) : null}
          {promise ? (
            <>
              <path className="promise" d={`M${left} ${y(promise.value)}H${left + inner.w}`} />
              <text x={left + inner.w + 8} y={y(promise.value) + 4}>
                {narrow ? '' : promise.label}
              </text>
            </>
          ) : null}
          {[...series].reverse().map((one) => (
            <path key={one.name} className={`cl ${one.tone}`} d={path(one.points)} />
          ))}
          {series.map((one, at) => {
            const last = one.points.at(-1);
            if (!last) return null;
            return (
              <g key={one.name}>
                <circle className={`dot ${one.tone}`} cx={x(one.points.length - 1)} cy={y(last.value)} r="2.25" />
                {narrow ? null : (
                  <text className={at === 0 ? 'b' : 'l'} x={left + inner.w + 8} y={(ends[at] ?? 0) + 4}>
                    {format(last.value)} {one.name}
                  </text>
                )}
              </g>
            );
          })}
          {series.flatMap((one) =>
            one.points.map((point, at) =>
              point.href ? (
                <a
                  key={one.name + point.key}
                  href={point.href}
                  aria-label={`${one.name}, ${point.label}: ${format(point.value)}`}
                >
                  <circle
                    className="hit"
                    cx={x(at)}
                    cy={y(point.value)}
                    r={Math.max(6, Math.min(12, inner.w / count / 2))}
                  >
                    <title>{`${point.label}: ${format(point.value)} ${one.name}. ${t('chart.open')}`}</title>
                  </circle>
                </a>
              ) : null,
            ),
          )}
        </svg>
      ) : (
        <div style={{ height }} />
      )}
    </div>
  );
}

/** Where the words at the ends of lines stand, moved apart when two ends meet. */
function endsOf(series: Series[], y: (value: number) => number): number[] {
  const ends = series.map((one) => y(one.points.at(-1)?.value ?? 0));
  if (ends.length === 2 && Math.abs(ends[0]! - ends[1]!) < 16) {
    // Never down among the words of the axis.
    const middle = Math.min((ends[0]! + ends[1]!) / 2, y(0) - 10);
    return ends[0]! <= ends[1]! ? [middle - 8, middle + 8] : [middle + 8, middle - 8];
  }
  return ends;
}

export interface Bar {
  key: string;
  label: string;
  value: number;
  figure: string;
  href?: string;
  /** The part of it that crosses a limit. */
  late?: number;
  lateLabel?: string;
}

/** Bars with their words left and their figures right; every row is a link to its rows. */
export function BarList({ bars, label }: { bars: Bar[]; label: string }) {
  const most = Math.max(...bars.map((bar) => bar.value), 0) || 1;
  return (
    <ul className="bars" aria-label={label}>
      {bars.map((bar) => {
        const Tag = bar.href ? 'a' : 'span';
        return (
          <li key={bar.key}>
            <Tag className="bar-row" {...(bar.href ? { href: bar.href } : {})}>
              <span className="q2 cut" title={bar.label}>
                {bar.label}
              </span>
              <span className="bar" aria-hidden="true">
                <i style={{ width: `${((bar.value - (bar.late ?? 0)) / most) * 100}%` }} />
                {bar.late ? <i className="late" style={{ width: `${(bar.late / most) * 100}%` }} /> : null}
              </span>
              <span className="b num r">{bar.figure}</span>
              <span className="s broken num nw r">{bar.late ? bar.lateLabel : ''}</span>
            </Tag>
          </li>
        );
      })}
    </ul>
  );
}
