import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../api/client';
import { keys } from '../../api/keys';
import { useMe, usePart, useTypes } from '../../api/queries';
import type { Page, RecordRow, Ref } from '../../api/types';
import { Section } from '../../kit/facts';
import { RefPicker } from '../../kit/ref-picker';
import { say } from '../../kit/toast';
import { type Answered, useDone } from '../../shell/use-done';
import { useWords } from '../../words/use-words';

interface Watcher {
  id: string;
  person?: Ref;
  person_id?: Ref;
  /** What was merged into this record and is watched. */
  record?: Ref;
}

/** What is usually linked. */
const linked = ['incident', 'problem', 'change', 'configuration_item', 'service'];

/** Who is told about this record besides those it belongs to, and linking it to another. */
export function Watching({ plural, record }: { plural: string; record: RecordRow }) {
  const { t } = useTranslation('incident');
  const client = useQueryClient();
  const me = useMe();
  const done = useDone();
  const words = useWords();
  const [linking, setLinking] = useState(false);
  const [kind, setKind] = useState('relates');
  const [among, setAmong] = useState(plural);
  const types = useTypes();
  const watchers = usePart<Page<Watcher>>(plural, record.number, 'watchers');
  const people = watchers.data?.items ?? [];
  const own = people.find((one) => !one.record && (one.person ?? one.person_id)?.id === me.data?.id);
  const act = async (past: string, path: string, method: 'POST' | 'DELETE', body: unknown, part: string) => {
    try {
      const made = await ask<Answered>(`/${plural}/${record.number}/${path}`, {
        method,
        body,
        idempotencyKey: method === 'POST' ? crypto.randomUUID() : undefined,
      });
      await client.invalidateQueries({ queryKey: keys.part(plural, record.number, part) });
      if (made?.undo) done(plural, record.number, `${record.number}: ${words.past(past)}`, made);
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  return (
    <Section title={t('watching')} note={people.length || null}>
      {people.length ? (
        <p className="q2">{[...new Set(people.map((one) => (one.person ?? one.person_id)?.name))].join(', ')}</p>
      ) : null}
      <p className="watch-acts">
        {own ? (
          <button
            type="button"
            className="link"
            onClick={() => void act('unwatched', `watchers/${own.id}`, 'DELETE', undefined, 'watchers')}
          >
            {t('unwatch')}
          </button>
        ) : (
          <button
            type="button"
            className="link"
            onClick={() => void act('watched', 'watchers', 'POST', { person_id: me.data?.id }, 'watchers')}
          >
            {t('watch')}
          </button>
        )}
        <button type="button" className="link" onClick={() => setLinking((now) => !now)} aria-expanded={linking}>
          {t('link_to')}
        </button>
      </p>
      {linking ? (
        <div className="link-form">
          <select
            className="input"
            value={kind}
            aria-label={t('link_kind')}
            onChange={(event) => setKind(event.target.value)}
          >
            {(['relates', 'caused_by', 'blocks', 'duplicates', 'parent'] as const).map((one) => (
              <option key={one} value={one}>
                {t(`link.${one}_out`)}
              </option>
            ))}
          </select>
          <select
            className="input"
            value={among}
            aria-label={t('link_among')}
            onChange={(event) => setAmong(event.target.value)}
          >
            {(types.data ?? [])
              .filter((one) => linked.includes(one.type))
              .map((one) => (
                <option key={one.type} value={one.plural}>
                  {words.type(one.type, one.label)}
                </option>
              ))}
          </select>
          <RefPicker
            plural={among}
            value={null}
            onChange={(picked) => {
              if (!picked) return;
              setLinking(false);
              void act('linked', 'links', 'POST', { kind, to: picked.number }, 'links');
            }}
          />
        </div>
      ) : null}
    </Section>
  );
}
