import './major.css';
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../../../web/api/client';
import { settle, usePart } from '../../../../web/api/queries';
import type { Page, RecordRow, Ref } from '../../../../web/api/types';
import { type Draft, localInput } from '../../../../web/kit/field-value';
import { HealthStop } from '../../../../web/kit/glyphs';
import { Key } from '../../../../web/kit/marks';
import { say } from '../../../../web/kit/toast';
import { type Action, useActions } from '../../../../web/shell/actions';
import { keyOf } from '../../../../web/shell/key-map';
import { useOwnKeys } from '../../../../web/shell/own-keys';
import { useMinute } from '../../../../web/words/now';
import { refOf, textOf } from '../../../../web/words/record';
import { useWords } from '../../../../web/words/use-words';
import { Timeline } from './timeline';

interface Proposal {
  kind: 'major' | 'resolve';
  reason: string;
  at: string;
  related: Ref[];
}

/** Half an hour from now is when users are told again, unless somebody says otherwise. */
const nextUpdateMs = 30 * 60_000;

/** The key of what is next with a major incident: the person's own where they chose one. */
function NextKey() {
  const key = keyOf('record.major', nextKey, useOwnKeys());
  return key ? <Key>{key.toUpperCase()}</Key> : null;
}

const nextKey = 'y';

/** What the product proposes here, and what is to be known and done of a major incident. */
export function Urgent({
  record,
  start,
}: {
  record: RecordRow;
  start: (verb: string, first?: Record<string, Draft>) => void;
}) {
  const { t } = useTranslation('alerts');
  const client = useQueryClient();
  const number = record.number;
  const offers = record.offers ?? [];
  const mayAct = offers.includes('declare') || offers.includes('inform');
  const proposals = usePart<Page<Proposal>>('incidents', number, 'proposals', mayAct);
  const now = useMinute();
  const proposed = mayAct ? (proposals.data?.items[0] ?? null) : null;
  const major = record.major === true;
  const declared = major && Boolean(record.major_since);

  const accept = () => {
    if (proposed?.kind === 'resolve') {
      start('resolve', { resolution_code: 'recovered', resolution_note: proposed.reason });
      return;
    }
    const service = refOf(record, 'service_id');
    start('declare', {
      next_update_at: localInput(new Date(new Date(now).getTime() + nextUpdateMs).toISOString()),
      down_service_ids: service ? [{ number: service.number, name: service.name }] : [],
      child_ids: (proposed?.related ?? []).map((one) => ({ number: one.number, name: `${one.number} ${one.name}` })),
    });
  };
  const dismiss = async () => {
    try {
      const after = await ask<RecordRow>(`/incidents/${number}/dismiss`, {
        method: 'POST',
        body: { kind: proposed?.kind },
        idempotencyKey: crypto.randomUUID(),
      });
      settle(client, 'incidents', number, after);
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  const tell = () =>
    start('inform', { next_update_at: localInput(new Date(new Date(now).getTime() + nextUpdateMs).toISOString()) });
  // One key for what is next: accept what is proposed, declare, or tell users how it stands.
  const next = declared ? tell : accept;
  useActions(
    useMemo<Action[]>(
      () =>
        mayAct
          ? [
              {
                id: 'record.major',
                label: t(declared ? 'major.tell' : 'major.declare'),
                group: 'record',
                key: nextKey,
                run: next,
              },
            ]
          : [],
      [mayAct, declared, next, t],
    ),
  );

  return (
    <>
      {proposed && !(major && proposed.kind === 'major') ? (
        <section className="prop" aria-label={t('proposal.label')}>
          <div>
            <p className="b">{t(`proposal.${proposed.kind}`)}</p>
            <p className="q2">
              {proposed.reason}{' '}
              {proposed.related.map((one, at) => (
                <Fragment key={one.number}>
                  {at ? ', ' : null}
                  <a className="u num nw" href={`/incidents/${one.number}`} title={one.name}>
                    {one.number}
                  </a>
                </Fragment>
              ))}
            </p>
          </div>
          <button type="button" className="btn" onClick={accept}>
            {t(proposed.kind === 'major' ? 'major.declare' : 'proposal.do_resolve')} <NextKey />
          </button>
          <button type="button" className="btn quiet" onClick={() => void dismiss()}>
            {t('proposal.dismiss')}
          </button>
        </section>
      ) : null}
      {major ? <Panel record={record} declared={declared} mayAct={mayAct} next={next} start={start} /> : null}
    </>
  );
}

function Panel({
  record,
  declared,
  mayAct,
  next,
  start,
}: {
  record: RecordRow;
  declared: boolean;
  mayAct: boolean;
  next: () => void;
  start: (verb: string) => void;
}) {
  const { t } = useTranslation('alerts');
  const words = useWords();
  const now = useMinute();
  const [open, setOpen] = useState(false);
  const down = ((record.down_service_ids as Ref[] | null) ?? []).map((one) => one.name).join(', ');
  const until = textOf(record, 'next_update_at');
  const late = until !== '' && until < new Date(now).toISOString();
  return (
    <section className="mjr" aria-label={t('major.label')}>
      <div className="mjr-h">
        <HealthStop mark="broken" label={t('major.label')} />
        <div className="mjr-w">
          <p className="b">{textOf(record, 'major_message') || t('major.untold')}</p>
          <p className="q2 s">
            {down ? t('major.down', { services: down }) : null}
            {until ? (
              <span className={late ? 'broken b' : undefined}>
                {down ? ' · ' : ''}
                {t(late ? 'major.late' : 'major.next', { at: words.when(until) })}
              </span>
            ) : null}
          </p>
        </div>
        <div className="mjr-b">
          {mayAct ? (
            <button type="button" className="btn" onClick={next}>
              {t(declared ? 'major.tell' : 'major.declare')} <NextKey />
            </button>
          ) : null}
          {mayAct ? (
            <button type="button" className="btn quiet" onClick={() => start('downgrade')}>
              {t('major.downgrade')}
            </button>
          ) : null}
          <button type="button" className="btn quiet" aria-expanded={open} onClick={() => setOpen((was) => !was)}>
            {t('major.timeline')}
          </button>
        </div>
      </div>
      {open ? <Timeline number={record.number} /> : null}
    </section>
  );
}
