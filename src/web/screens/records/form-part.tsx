import { type ComponentType, lazy, Suspense } from 'react';

export interface FormPartProps {
  /** The record that is changed; none while it is made. */
  number?: string;
  /** What would be sent as the form stands. Throws for what cannot be read. */
  body: () => Record<string, unknown>;
}

const parts: Record<string, ComponentType<FormPartProps>> = {
  queue_order: lazy(async () => ({ default: (await import('./queue-trial')).QueueFormTrial })),
  assignment_rule: lazy(async () => ({ default: (await import('./rule-trial')).RuleFormTrial })),
};

/** What a kind of record shows below its form, where it has something to show before it is saved. */
export function FormPart({ type, ...props }: FormPartProps & { type: string | undefined }) {
  const Part = type ? parts[type] : undefined;
  return Part ? (
    <Suspense>
      <Part {...props} />
    </Suspense>
  ) : null;
}
