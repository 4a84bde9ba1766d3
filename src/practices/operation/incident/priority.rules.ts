import type { Matrix } from './incident.contract';

/** 1 is the highest impact, urgency and priority. */
export const deliveredMatrix: Matrix = {
  '11': 1,
  '12': 2,
  '13': 3,
  '21': 2,
  '22': 3,
  '23': 4,
  '31': 3,
  '32': 4,
  '33': 5,
};

export function priorityOf(matrix: Matrix, impact: number, urgency: number): number {
  return matrix[`${impact}${urgency}`] ?? deliveredMatrix[`${impact}${urgency}`] ?? 5;
}

export interface Model {
  readonly id: string;
  readonly number: string;
  readonly department: string | null;
  readonly organization_id: string | null;
  readonly matrix: Matrix;
  readonly reopen_days: number;
  readonly close_days: number;
  /** From this change of team on a lead is needed; null: never. */
  readonly bounce_limit: number | null;
  /** A date; the model holds from then on. */
  readonly effective_on: string;
}

export const deliveredModel: Omit<Model, 'id' | 'number'> = {
  department: null,
  organization_id: null,
  matrix: deliveredMatrix,
  reopen_days: 14,
  close_days: 5,
  bounce_limit: 3,
  effective_on: '1970-01-01',
};

/**
 * The model that holds for an incident: in force on the date, and fitting; the organization's before the department's
 * before everybody's, then the newest. Undefined when none is kept: then the delivered one holds.
 */
export function modelFor(
  models: readonly Model[],
  incident: { department: unknown; organization_id: unknown },
  on: string,
): Model | undefined {
  const fitting = models.filter(
    (model) =>
      model.effective_on <= on &&
      (model.department === null || model.department === incident.department) &&
      (model.organization_id === null || model.organization_id === incident.organization_id),
  );
  const rank = (model: Model) => (model.organization_id ? 2 : 0) + (model.department ? 1 : 0);
  return fitting.sort((a, b) => rank(b) - rank(a) || (a.effective_on < b.effective_on ? 1 : -1))[0];
}
