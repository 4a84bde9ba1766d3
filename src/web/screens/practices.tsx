import './profile.css';
import './administration.css';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useList, useType } from '../api/queries';
import type { RecordRow, RecordType } from '../api/types';
import { StatePill } from '../kit/marks';
import { Refusal, Skeleton } from '../kit/states';
import { useTitle } from '../shell/use-title';
import { useVerbs } from '../shell/use-verbs';
import { useWords } from '../words/use-words';
import { foresightDialogs } from './records/foresight';

/** What is in use and what is switched off, each with what it is for. */
export function Practices() {
  const { t } = useTranslation('admin');
  const type = useType('practices');
  const list = useList('practices', { sort: 'created_at' });
  useTitle(t('practices.title'));
  if (list.isPending || !type) return <Skeleton />;
  if (list.isError) return <Refusal error={list.error} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{t('practices.title')}</h1>
          <p className="lede">{t('practices.lede')}</p>
        </div>
      </header>
      <ul className="ad prac">
        {rows.map((row) => (
          <Practice key={row.id} row={row} type={type} />
        ))}
      </ul>
    </div>
  );
}

function Practice({ row, type }: { row: RecordRow; type: RecordType }) {
  const { t } = useTranslation('admin');
  const words = useWords();
  const key = String(row.key) as 'goals';
  const nameOf = (one: string) => t(`practices.name.${one as 'goals'}`, one);
  const { start, dialog } = useVerbs(type, row, [], foresightDialogs);
  const off = row.state === 'off';
  const verb = off ? 'switch_on' : 'switch_off';
  const needs = ((row.needs as string[] | null) ?? []).map(nameOf);
  const may = row.offers?.includes(verb);
  return (
    <li>
      <div>
        <h2>
          <Link className="u" to={`/practices/${row.number}`}>
            {nameOf(key)}
          </Link>{' '}
          <StatePill state={String(row.state)} category={off ? 'paused' : 'open'} />
        </h2>
        <p className="q2">{t(`practices.about.${key}`, '')}</p>
        {needs.length ? (
          <p className="s q">{t('practices.needs', { names: new Intl.ListFormat(words.language).format(needs) })}</p>
        ) : null}
      </div>
      {may ? (
        <button
          type="button"
          className="btn"
          aria-label={`${words.verb(verb)}: ${nameOf(key)}`}
          onClick={() => start(verb)}
        >
          {words.verb(verb)}
        </button>
      ) : null}
      {dialog}
    </li>
  );
}
