import { useQueryClient } from '@tanstack/react-query';
import { type ComponentType, type ReactNode, useCallback, useMemo, useState } from 'react';
import { ask, sentenceOf } from '../api/client';
import { keys } from '../api/keys';
import { settle, useMe } from '../api/queries';
import type { RecordRow, RecordType, VerbMeta } from '../api/types';
import type { Draft } from '../kit/field-value';
import { say } from '../kit/toast';
import type { VerbButton } from '../kit/verb-bar';
import { VerbDialog } from '../kit/verb-dialog';
import { useWords } from '../words/use-words';
import { keyOf, verbKeys } from './key-map';
import { useOwnKeys } from './own-keys';
import { isAgent } from './roles';
import { useDone } from './use-done';

/** Verbs that stand elsewhere than in the bar: writing has its composer, editing its form, a profile its page, a doubt what it doubts. */
const elsewhere = new Set(['comment', 'note', 'edit', 'adjust', 'doubt', 'declare', 'inform', 'downgrade', 'dismiss']);

/** Verbs after which little is left to do stand last, wherever no order is given. */
const ending = [
  'withdraw',
  'announce_retirement',
  'suspend',
  'switch_off',
  'discard',
  'decommission',
  'retire',
  'erase',
];

/** What a verb asks in a dialog of its own, where its input alone would not say enough. */
export type VerbDialogs = Readonly<
  Record<
    string,
    ComponentType<{
      verb: VerbMeta;
      record: RecordRow;
      first?: Record<string, Draft>;
      perform: (body: Record<string, unknown>) => Promise<unknown>;
      onClose: () => void;
    }>
  >
>;

/**
 * The verbs of one record: what is offered and what is refused, with dialogs made from the verb's own input. A verb
 * shows its result at once and goes back with a sentence when the server refuses.
 */
export function useVerbs(
  type: RecordType | undefined,
  record: RecordRow | undefined,
  order: string[] = [],
  dialogs: VerbDialogs = {},
) {
  const client = useQueryClient();
  const words = useWords();
  const done = useDone();
  const [asking, setAsking] = useState<{ verb: VerbMeta; first?: Record<string, Draft> } | null>(null);
  const own = useOwnKeys();
  const agent = isAgent(useMe().data);
  const plural = type?.plural ?? '';
  const number = record?.number ?? '';
  const called = record ? words.called(record) : '';

  const perform = useCallback(
    async (verb: VerbMeta, body: Record<string, unknown>) => {
      const key = keys.record(plural, number);
      const before = client.getQueryData<RecordRow>(key);
      if (before && !verb.to.includes(before.state ?? '')) {
        const state = next(verb, before);
        // What the next state allows is shown at once too, so that the next key may follow; the answer corrects it.
        const offers = agent ? type?.verbs.filter((one) => one.from.includes(state ?? '')).map((one) => one.verb) : [];
        client.setQueryData<RecordRow>(key, { ...before, ...body, ...plain(before), state, offers });
      }
      try {
        const after = await ask<RecordRow>(`/${plural}/${encodeURIComponent(number)}/${verb.verb}`, {
          method: 'POST',
          body,
          idempotencyKey: crypto.randomUUID(),
        });
        settle(client, plural, number, after);
        done(plural, number, `${called}: ${words.past(verb.verb)}`, after);
        return after;
      } catch (error) {
        if (before) client.setQueryData(key, before);
        throw error;
      }
    },
    [client, plural, number, called, words, done, agent, type],
  );

  const start = useCallback(
    (name: string, first?: Record<string, Draft>) => {
      const verb = type?.verbs.find((one) => one.verb === name);
      if (!verb || !record) return;
      const needsNothing =
        verb.input.every((field) => !field.required) &&
        (name === 'start' || name === 'resume' || (name === 'close' && type?.type === 'incident'));
      if (verb.input.length === 0 || needsNothing) {
        perform(verb, {}).catch((error: unknown) => say(sentenceOf(error), { tone: 'broken' }));
      } else {
        setAsking({ verb, first });
      }
    },
    [type, record, perform],
  );

  const buttons = useMemo<VerbButton[]>(() => {
    if (!type || !record) return [];
    // What has a route of its own has a place of its own too: files in the composer, links and watchers at the side.
    const inBar = (name: string) =>
      !elsewhere.has(name) && type.verbs.some((verb) => verb.verb === name && !verb.own_route);
    const offered = (record.offers ?? []).filter(inBar);
    const refused = (record.refused ?? []).filter((one) => inBar(one.verb) && !offered.includes(one.verb));
    const rank = (name: string) =>
      order.includes(name) ? order.indexOf(name) : ending.includes(name) ? 100 + ending.indexOf(name) : 99;
    return [
      ...offered.map((name) => ({
        id: name,
        label: words.verb(name),
        key: keyOf(`verb.${name}`, verbKeys[name], own),
        run: () => start(name),
      })),
      ...refused.map((one) => ({
        id: one.verb,
        label: words.verb(one.verb),
        key: keyOf(`verb.${one.verb}`, verbKeys[one.verb], own),
        refused: one.sentence,
        run: () => undefined,
      })),
    ].sort((a, b) => rank(a.id) - rank(b.id));
  }, [type, record, words, start, order, own]);

  const Asking = asking ? (dialogs[asking.verb.verb] ?? VerbDialog) : null;
  const dialog: ReactNode =
    Asking && asking && record ? (
      <Asking
        verb={asking.verb}
        record={record}
        first={asking.first}
        perform={(body) => perform(asking.verb, body)}
        onClose={() => setAsking(null)}
      />
    ) : null;
  return { buttons, start, perform, dialog };
}

/** The state a verb most likely leads to; the server's answer has the last word a moment later. */
function next(verb: VerbMeta, record: RecordRow): string | undefined {
  if (verb.to.length > 1 && !record.assignee_id && verb.to.includes('assigned')) return 'assigned';
  return verb.to[0] ?? record.state;
}

/** References stay what they were on screen until the server answers; only plain values are shown at once. */
function plain(before: RecordRow): Partial<RecordRow> {
  return {
    team_id: before.team_id,
    assignee_id: before.assignee_id,
    refused: [],
  };
}
