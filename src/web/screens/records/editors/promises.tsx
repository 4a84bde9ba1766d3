import './editors.css';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../kit/glyphs';
import { type Picked, RefPicker } from '../../../kit/ref-picker';
import { useWords } from '../../../words/use-words';
import type { EditorProps } from './editor';

interface PromiseRow {
  target: string;
  seconds?: number;
  working_days?: number;
  end_of_day?: boolean;
  at_field?: string;
  priority?: number;
  team_id?: string | Picked;
}

const targets = ['first_response', 'update', 'resolution', 'team'];
const units = { minutes: 60, hours: 3600 } as const;

function unitOf(row: PromiseRow): 'minutes' | 'hours' | 'days' | 'end' | 'at' {
  if (row.at_field !== undefined) return 'at';
  if (row.working_days !== undefined) return row.end_of_day ? 'end' : 'days';
  return (row.seconds ?? 0) % 3600 === 0 && row.seconds ? 'hours' : 'minutes';
}

const teamOf = (team: string | Picked | undefined): Picked | null =>
  team === undefined ? null : typeof team === 'string' ? { number: team, name: team } : team;

/** What is promised: which target, for which priority, within what. */
export default function PromisesEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('levels');
  const words = useWords();
  const rows = (value ?? []) as PromiseRow[];
  const set = (at: number, row: PromiseRow) => onChange(rows.map((one, index) => (index === at ? row : one)));
  const amountOf = (row: PromiseRow) => {
    const unit = unitOf(row);
    if (unit === 'at') return row.at_field ?? '';
    if (unit === 'days' || unit === 'end') return String(row.working_days ?? '');
    return row.seconds === undefined ? '' : String(row.seconds / units[unit]);
  };
  const change = (row: PromiseRow, unit: string, amount: string): PromiseRow => {
    const base: PromiseRow = {
      target: row.target,
      ...(row.priority ? { priority: row.priority } : {}),
      ...(row.team_id ? { team_id: row.team_id } : {}),
    };
    const figure = Number(amount.replace(',', '.'));
    const known = Number.isFinite(figure) ? figure : 0;
    if (unit === 'at') return { ...base, at_field: amount || 'deadline_at' };
    if (unit === 'days' || unit === 'end')
      return { ...base, working_days: Math.round(known), ...(unit === 'end' ? { end_of_day: true } : {}) };
    return { ...base, seconds: Math.round(known * units[unit as 'minutes']) };
  };
  return (
    <div className="ed-rows">
      {rows.map((row, at) => {
        const unit = unitOf(row);
        return (
          <div key={`row${at + 1}`} className="ed-promise">
            <select
              className="input"
              aria-label={t('edit.target')}
              value={row.target}
              onChange={(event) => {
                const { team_id: _, ...rest } = row;
                set(at, { ...(event.target.value === 'team' ? row : rest), target: event.target.value });
              }}
            >
              {targets.map((one) => (
                <option key={one} value={one}>
                  {words.target(one)}
                </option>
              ))}
            </select>
            <select
              className="input"
              aria-label={words.field('priority')}
              value={row.priority ?? ''}
              onChange={(event) => {
                const { priority: _, ...rest } = row;
                set(at, event.target.value ? { ...rest, priority: Number(event.target.value) } : rest);
              }}
            >
              <option value="">{t('plain.of_any')}</option>
              {[1, 2, 3, 4, 5].map((one) => (
                <option key={one} value={one}>
                  {t('plain.of_priority', { priority: one })}
                </option>
              ))}
            </select>
            <input
              className="input"
              aria-label={t('edit.amount')}
              value={amountOf(row)}
              onChange={(event) => set(at, change(row, unit, event.target.value))}
            />
            <select
              className="input"
              aria-label={t('edit.unit')}
              value={unit}
              onChange={(event) => set(at, change(row, event.target.value, amountOf(row)))}
            >
              {(['minutes', 'hours', 'days', 'end', 'at'] as const).map((one) => (
                <option key={one} value={one}>
                  {t(`edit.unit_${one}`)}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="icon-btn"
              aria-label={t('try.remove')}
              onClick={() => onChange(rows.filter((_, index) => index !== at))}
            >
              <Icon name="close" />
            </button>
            {row.target === 'team' && (row.seconds !== undefined || row.team_id) ? (
              <div className="ed-team">
                <RefPicker
                  plural="teams"
                  value={teamOf(row.team_id)}
                  placeholder={t('edit.team_of')}
                  ids={{ 'aria-label': t('edit.team_pick') }}
                  onChange={(picked) => {
                    const { team_id: _, ...rest } = row;
                    set(at, picked ? { ...rest, team_id: picked } : rest);
                  }}
                />
              </div>
            ) : null}
          </div>
        );
      })}
      <button
        type="button"
        className="btn ed-add"
        onClick={() => onChange([...rows, { target: 'resolution', seconds: 28_800 }])}
      >
        {t('edit.add_promise')}
      </button>
    </div>
  );
}
