import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { holdsAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { Refusal } from '../../kernel/refusal';
import { lineOfSight, type Path } from '../line-of-sight';
import { assignmentOf } from './assignment';
import { affectedBy, changesNear, knownErrorsOf, placeOf } from './parts';
import { requesterOf } from './requester';
import { promiseOf, similarTo } from './similar';

/**
 * Everything one needs to know around an incident, at once: who asked, the service with its promise and health, changes
 * near it, incidents like it, known errors, goals endangered, who else is affected. Only what the caller may see; for
 * the team alone (403).
 */
export async function incidentContext(context: Context, type: RecordType, record: Row) {
  if (!holdsAny(type.team, record, context.actor))
    throw new Refusal('forbidden', 'What stands around an incident is for the team that works on it.');
  const place = await placeOf(context, record);
  const paths = await lineOfSight(context, type, record);
  return {
    requester: await requesterOf(context, record),
    service: serviceOf(paths),
    assignment: await assignmentOf(context, record),
    promise: await promiseOf(context, record),
    changes: await changesNear(context, record, place),
    similar: await similarTo(context, type, record, place),
    known_errors: await knownErrorsOf(context, record, place),
    goals: goalsOf(paths),
    affected: await affectedBy(context, record, place),
  };
}

/** The service as the line of sight knows it: its health is that of the work on it. */
function serviceOf(paths: readonly Path[]) {
  const stop = paths[0]?.stops.find(({ kind }) => kind === 'service');
  return stop ? { number: stop.number, name: stop.name, health: stop.health, stake: stop.stake } : null;
}

/** Goals that suffer with this incident, the heaviest first. */
function goalsOf(paths: readonly Path[]) {
  return paths.flatMap(({ stops, weight }) => {
    const [goal] = stops;
    return goal?.kind === 'goal' ? [{ number: goal.number, name: goal.name, health: goal.health, weight }] : [];
  });
}
