import { plainLife } from '../../../commons/keeping/life';
import { type Check, checkWall, departmentField, keepingVerbs, keptFields } from '../../../commons/keeping/verbs';
import { administrator, staff, staffOutsideWalls } from '../../../commons/people';
import type { Verb } from '../../../kernel/command';
import { type RecordType, record } from '../../../kernel/record';
import { matrix } from './incident.contract';
import { deliveredModel } from './priority.rules';

/** How incidents of a department or customer are prioritised, and how long they may be reopened. Rows with a date. */
export const incidentModel: RecordType = record({
  type: 'incident_model',
  plural: 'incident-models',
  prefix: 'MODEL',
  table: 'incident_model',
  label: 'Incident model',
  labels: 'Incident models',
  life: plainLife,
  sees: [staffOutsideWalls],
  team: [staff],
  fields: {
    ...keptFields,
    department: departmentField,
    organization_id: { kind: 'reference', label: 'Organization', to: 'organization' },
    matrix: { kind: 'json', label: 'Priority by impact and urgency', shape: matrix, required: true },
    reopen_days: { kind: 'integer', label: 'Days in which it may be reopened', min: 0, max: 3650, required: true },
    close_days: {
      kind: 'integer',
      label: 'Days until a resolved one closes itself',
      min: 0,
      max: 3650,
      required: true,
    },
    effective_on: { kind: 'date', label: 'In force from', required: true },
    bounce_limit: {
      kind: 'integer',
      label: 'Change of team that needs a lead',
      min: 1,
      max: 100,
      help: 'From this change of team of an open incident on, a lead decides. Empty: never.',
    },
  },
});

/** A new model that says nothing of it has the delivered one; one that says `null` has none. */
const asDelivered: Check = (record, input, context) => {
  checkWall(record, input, context);
  if (record.id === undefined && input.bounce_limit === undefined) input.bounce_limit = deliveredModel.bounce_limit;
};

export const incidentModelVerbs: Verb[] = keepingVerbs(incidentModel, { make: [administrator] }, asDelivered);
