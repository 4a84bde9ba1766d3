import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../api/client';
import { draftAt, keepDraft } from '../api/drafts';
import { settle } from '../api/queries';
import type { RecordRow } from '../api/types';
import type { Mode } from '../kit/composer';
import { Icon } from '../kit/glyphs';
import { Menu } from '../kit/menu';
import { say } from '../kit/toast';
import { type Action, useActions } from '../shell/actions';
import { keyOf } from '../shell/key-map';
import { useOwnKeys } from '../shell/own-keys';
import { useDone } from '../shell/use-done';
import { filledText, type Macro, type TextTemplate, useMacros, useTemplates } from './templates';

/** The first nine have keys of their own: `T 1`, `F 1`. */
const keyAt = (letter: string, at: number) => (at < 9 ? `${letter} ${at + 1}` : undefined);

/** Templates and macros of a record, for the composer, the palette and the keys. */
export function useWritingTools({
  type,
  plural,
  record,
  mode,
  may,
  write,
  next,
}: {
  type: string;
  plural: string;
  record: RecordRow;
  mode: Mode;
  may: boolean;
  /** Brings the composer forward. */
  write: (mode: Mode) => void;
  /** Goes on to the next record of the list, where there is one. */
  next?: () => void;
}): ReactNode {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  const navigate = useNavigate();
  const own = useOwnKeys();
  const templates = useTemplates(may);
  const macros = useMacros(type, may);
  const { number } = record;

  const insert = useCallback(
    async (template: TextTemplate) => {
      try {
        const read = await filledText(template.text, number);
        const to = template.mode === 'both' ? mode : template.mode;
        const place = `${number}.${to}`;
        const before = draftAt(place)?.content;
        keepDraft(place, typeof before === 'string' && before ? `${before.trimEnd()}\n\n${read.text}` : read.text);
        write(to);
        if (read.missing.length) say(t('menu.missing', { names: read.missing.join(', ') }));
      } catch (error) {
        say(sentenceOf(error), { tone: 'broken' });
      }
    },
    [number, mode, write, t],
  );
  const done = useDone();
  const run = useCallback(
    async (macro: Macro) => {
      try {
        const after = await ask<RecordRow>(`/${plural}/${encodeURIComponent(number)}/at-once`, {
          method: 'POST',
          body: { macro: macro.number },
          idempotencyKey: crypto.randomUUID(),
        });
        settle(client, plural, number, after);
        done(plural, number, t('menu.done', { number, name: macro.name }), after);
        if (macro.next) next?.();
      } catch (error) {
        say(sentenceOf(error), { tone: 'broken' });
      }
    },
    [client, plural, number, next, t, done],
  );

  const actions = useMemo<Action[]>(() => {
    if (!may) return [];
    return [
      ...templates.map((template, at) => ({
        id: `template.${template.number}`,
        label: t('menu.template', { name: template.name }),
        group: 'record' as const,
        key: keyAt('t', at),
        run: () => void insert(template),
      })),
      ...macros.map((macro, at) => ({
        id: `macro.${macro.number}`,
        label: t('menu.macro', { name: macro.name }),
        group: 'record' as const,
        key: keyAt('f', at),
        run: () => void run(macro),
      })),
    ];
  }, [may, templates, macros, insert, run, t]);
  useActions(actions);
  if (!may) return null;
  return (
    <Menu
      label={t('menu.label')}
      items={[
        ...actions.map((action) => ({ ...action, key: keyOf(action.id, action.key, own) })),
        { id: 'go.templates', label: t('menu.all_templates'), run: () => void navigate({ to: '/text-templates' }) },
        { id: 'go.macros', label: t('menu.all_macros'), run: () => void navigate({ to: '/macros' }) },
      ]}
    >
      <Icon name="page" />
    </Menu>
  );
}
