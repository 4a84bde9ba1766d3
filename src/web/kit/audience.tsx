import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import type { Ref } from '../api/types';

/** For whom something is: oneself, a team, a department, everybody. */
export interface Shared {
  audience: 'own' | 'team' | 'department' | 'all';
  /** The number of the team or department. */
  of?: string;
}

/** As the interface takes it. */
export function sharedBody(shared: Shared): Record<string, string | null> {
  const of = shared.audience === 'team' ? 'team_id' : 'department';
  return shared.of ? { audience: shared.audience, [of]: shared.of } : { audience: shared.audience };
}

const refs = (list: (string | Ref)[] | undefined): Ref[] =>
  (list ?? []).filter((one): one is Ref => typeof one === 'object');

/** One choice of everybody one may share with. */
export function AudienceChoice({ value, onChange }: { value: Shared; onChange: (value: Shared) => void }) {
  const { t } = useTranslation('desk');
  const me = useMe().data;
  const choices: { id: string; label: string; shared: Shared }[] = [
    { id: 'own', label: t('audience.own'), shared: { audience: 'own' } },
    ...refs(me?.teams).map((team) => ({
      id: `team ${team.number}`,
      label: t('audience.team', { name: team.name }),
      shared: { audience: 'team' as const, of: team.number },
    })),
    ...refs(me?.departments).map((department) => ({
      id: `department ${department.number}`,
      label: t('audience.department', { name: department.name }),
      shared: { audience: 'department' as const, of: department.number },
    })),
    { id: 'all', label: t('audience.all'), shared: { audience: 'all' } },
  ];
  const chosen = [value.audience, value.of].filter(Boolean).join(' ');
  return (
    <select
      className="input"
      aria-label={t('audience.label')}
      value={chosen}
      onChange={(event) => {
        const next = choices.find((one) => one.id === event.target.value);
        if (next) onChange(next.shared);
      }}
    >
      {choices.map((one) => (
        <option key={one.id} value={one.id}>
          {one.label}
        </option>
      ))}
    </select>
  );
}
