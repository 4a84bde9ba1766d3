import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { holdsAny } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { Refusal } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';
import { lineOfSight, type Path } from '../line-of-sight';
import { assignmentOf } from './assignment';
import { handedOf } from './handed';
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
    throw new Refusal('forbidden', say`What stands around an incident is for the team that works on it.`);
  // What does not wait for one another is asked side by side.
  const [place, paths, requester, assignment, handed, promise] = await Promise.all([
    placeOf(context, record),
    lineOfSight(context, type, record),
    requesterOf(context, record),
    assignmentOf(context, record),
    handedOf(context, record),
    promiseOf(context, record),
  ]);
  const [changes, similar, known_errors, affected] = await Promise.all([
    changesNear(context, record, place),
    similarTo(context, type, record, place),
    knownErrorsOf(context, record, place),
    affectedBy(context, record, place),
  ]);
  return {
    requester,
    ...(context.house.off.has('service') ? {} : { service: serviceOf(paths) }),
    assignment,
    handed,
    ...(context.house.off.has('agreement') ? {} : { promise }),
    changes,
    similar,
    known_errors,
    ...(context.house.off.has('goal') ? {} : { goals: goalsOf(paths) }),
    affected,
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
