import { z } from 'zod';
import { type Verb, verb } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { both, handlesDepartment, outsideWalls, role, theSystem } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';

interface Passed {
  readonly team_id?: string;
  readonly assignee_id?: string | null;
  readonly why?: Row;
}

/**
 * Open work goes from one who is away or leaves to one who is there. Only as a part of an act on the person, so it
 * has no route; each record tells why it went where it went. `follows` names what else changes with it.
 */
export function passVerb(type: RecordType, follows: (record: Row, given: Row) => Row = () => ({})): Verb {
  return verb<Row & Passed>({
    on: type,
    verb: 'pass',
    past: 'passed',
    label: 'Pass on',
    hidden: true,
    undo: true,
    input: {
      team_id: { kind: 'reference', label: 'Team', to: 'team' },
      assignee_id: { kind: 'reference', label: 'Assignee', to: 'person' },
      why: { kind: 'json', label: 'Why', shape: z.record(z.string(), z.unknown()) },
    },
    allow: [handlesDepartment, both(role('administrator'), outsideWalls), theSystem],
    decide: (record, { team_id, assignee_id, why }) => {
      const given = { team_id: team_id ?? record.team_id, assignee_id: assignee_id ?? null };
      return { set: { ...given, ...follows(record, given) }, why };
    },
  });
}
