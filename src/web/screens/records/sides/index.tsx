import { type ComponentType, lazy, Suspense } from 'react';
import type { RecordRow } from '../../../api/types';
import type { Side } from './side';

const parts: Record<string, ComponentType<Side>> = {
  action_rule: lazy(() => import('./action-rule')),
  assignment_rule: lazy(() => import('./assignment-rule')),
  alert_source: lazy(() => import('./bodies')),
  webhook: lazy(() => import('./deliveries')),
  retention_rule: lazy(() => import('./retention')),
  incident_model: lazy(() => import('./matrix')),
  text_template: lazy(() => import('./template')),
  vocabulary: lazy(() => import('./words')),
  person: lazy(() => import('./person')),
  sign_in_rule: lazy(() => import('./sign-in-rule')),
};

/** The own part of a record's kind, where it has one. */
export function OwnPart({ type, record }: { type: string; record: RecordRow }) {
  const Part = parts[type];
  return Part ? (
    <Suspense>
      <Part record={record} />
    </Suspense>
  ) : null;
}
