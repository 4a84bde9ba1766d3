import { type ComponentType, lazy, Suspense } from 'react';
import type { Draft } from '../../kit/field-value';
import type { FormPartProps } from './trial';

const parts: Record<string, ComponentType<FormPartProps>> = {
  action_rule: lazy(async () => ({ default: (await import('./action-trial')).ActionFormTrial })),
  queue_order: lazy(async () => ({ default: (await import('./queue-trial')).QueueFormTrial })),
  assignment_rule: lazy(async () => ({ default: (await import('./rule-trial')).RuleFormTrial })),
};

/** Fields that are only asked for when others say so, by the kind of record. */
const asked: Record<string, Record<string, (drafts: Record<string, Draft>) => boolean>> = {
  action_rule: Object.fromEntries(
    ['since', 'minutes', 'working_time'].map((name) => [name, (drafts) => drafts.occasion === 'quiet']),
  ),
};

export const isAsked = (type: string | undefined, field: string, drafts: Record<string, Draft>): boolean =>
  asked[type ?? '']?.[field]?.(drafts) ?? true;

/** What a kind of record shows below its form, where it has something to show before it is saved. */
export function FormPart({ type, ...props }: FormPartProps & { type: string | undefined }) {
  const Part = type ? parts[type] : undefined;
  return Part ? (
    <Suspense>
      <Part {...props} />
    </Suspense>
  ) : null;
}
