import './merge-people.css';
import { useQuery } from '@tanstack/react-query';
import { type ComponentProps, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../../api/client';
import type { RecordRow, Ref } from '../../api/types';
import { Refusal } from '../../kit/states';
import { VerbDialog } from '../../kit/verb-dialog';
import { useWords } from '../../words/use-words';

interface Merging {
  into: Ref;
  moves: { type: string; field: string; count: number }[];
  teams: Ref[];
  addresses: string[];
  roles: string[];
  departments: Ref[];
}

/** Merging a person into another: what moves is seen before it does. */
export function MergePeopleDialog(props: ComponentProps<typeof VerbDialog>) {
  const { t } = useTranslation('account');
  const { record } = props;
  const more = useCallback(
    (body: Record<string, unknown>) => (
      <WhatMoves
        record={record}
        into={typeof body.into === 'string' ? body.into : ''}
        roles={body.take_roles === true}
      />
    ),
    [record],
  );
  return <VerbDialog {...props} more={more} hints={{ into: t('merge.into'), take_roles: t('merge.take_roles') }} />;
}

function WhatMoves({ record, into, roles }: { record: RecordRow; into: string; roles: boolean }) {
  const { t } = useTranslation('account');
  const words = useWords();
  const merging = useQuery({
    queryKey: ['merging', record.number, into],
    queryFn: () => ask<Merging>(`/people/${record.number}/merging${query({ into })}`),
    enabled: into !== '',
    staleTime: 0,
    retry: false,
  });
  if (merging.isError) return <Refusal error={merging.error} />;
  const found = merging.data;
  if (!found) return null;
  const name = found.into.name ?? found.into.number;
  const named = (all: Ref[]) => all.map((one) => one.name ?? one.number).join(', ');
  const along = [
    ...found.roles.map((role) => words.choice('roles', role)),
    ...found.departments.map((one) => one.name),
  ];
  return (
    <div role="status">
      <p className="b">{t('merge.moves', { name })}</p>
      <ul className="merge-moves">
        {found.moves.map(({ type, field, count }) => (
          <li key={`${type} ${field}`}>
            <span className="num">{words.number(count)}</span> {words.plural(type, type)}: {words.field(field, field)}
          </li>
        ))}
        {found.teams.length ? <li>{t('merge.teams', { names: named(found.teams) })}</li> : null}
        {found.addresses.length ? <li>{t('merge.addresses', { names: found.addresses.join(', '), name })}</li> : null}
        {along.length ? (
          <li>{t(roles ? 'merge.roles' : 'merge.no_roles', { names: along.join(', '), name })}</li>
        ) : null}
        <li>{t('merge.access', { name: String(record.name ?? record.number) })}</li>
      </ul>
      <p className="s q2">{t('merge.walls')}</p>
      <p className="s q2">{t('merge.back')}</p>
    </div>
  );
}
