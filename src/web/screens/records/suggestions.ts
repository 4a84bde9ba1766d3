import { useMemo } from 'react';
import { useList } from '../../api/queries';
import type { RecordType } from '../../api/types';
import { choicesOf } from '../../kit/field-value';
import { titleOf } from '../../words/record';

/** Field names and, for those with few values, the values a filter may hold. */
export function useSuggestions(type: RecordType | undefined): Record<string, string[]> {
  const teams = useList(
    'teams',
    { fields: 'title' },
    { enabled: Boolean(type?.fields.some((field) => field.name === 'team_id')), limit: 200 },
  );
  const services = useList(
    'services',
    { fields: 'title' },
    { enabled: Boolean(type?.fields.some((field) => field.name === 'service_id')), limit: 200 },
  );
  return useMemo(() => {
    const offered: Record<string, string[]> = {};
    if (!type) return offered;
    const names = (list: typeof teams) => list.data?.pages.flatMap((page) => page.items.map(titleOf)) ?? [];
    for (const field of type.fields) {
      if (
        ['id', 'version', 'state_category', 'type'].includes(field.name) ||
        field.kind === 'json' ||
        field.kind === 'markdown'
      )
        continue;
      const short = field.name.replace(/_id$/, '');
      if (field.name === 'state') offered.state = ['open', 'done', ...type.states.map((state) => state.name)];
      else if (field.name === 'team_id') offered.team = ['none', ...names(teams)];
      else if (field.name === 'service_id') offered.service = ['none', ...names(services)];
      else if (field.name === 'assignee_id') offered.assignee = ['me', 'none'];
      else if (field.name === 'priority') offered.priority = ['1', '2', '3', '4', '5'];
      else if (field.kind === 'boolean') offered[short] = ['true', 'false'];
      else offered[short] = choicesOf(field).map((choice) => choice.value);
    }
    return offered;
  }, [type, teams.data, services.data]);
}
