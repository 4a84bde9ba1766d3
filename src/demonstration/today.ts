import { addWorkingTime, type Calendar, workingTimeBetween } from '../commons/calendar';
import { deliveredMatrix, priorityOf } from '../practices/operation/incident';
import { services } from './direction';
import { DAY, dayOf, onDay } from './intake';
import { otherDesks } from './other-desks';
import { type Place, places } from './places';
import { calendarNamed, promiseFor } from './promises';
import { samsDesk } from './sams-desk';
import { whyTeam } from './sorting';
import { begin, type Item, logged, partNamed } from './told';

const minute = 60_000;

/** The latest instant from which so much working time has passed until `end`. */
function since(calendar: Calendar, end: number, worked: number): number {
  let early = end - 60 * DAY;
  let late = end;
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2);
    if (workingTimeBetween(calendar, middle, end) >= worked) early = middle;
    else late = middle;
  }
  return Math.ceil(early / 1000) * 1000;
}

export function morning(end: number, tomorrow: number): Item[] {
  return [...samsDesk(tomorrow), ...otherDesks(tomorrow)].map((one) => {
    const department = services.find(({ name }) => name === one.service)!.department;
    const place: Place | null = one.point ? places[one.point - 1]! : null;
    const organization = place?.city === 'Berlin' && department === 'it' ? 'Pizza&Pizza Berlin' : null;
    const priority = priorityOf(deliveredMatrix, one.scores[0], one.scores[1]);
    const promise = promiseFor({ service: one.service, department, organization, priority });
    const calendar = calendarNamed(promise.calendar);
    const target = promise.resolution[priority - 1]! * 1000;
    const stop = one.fix ? end - one.fix[2] : end;
    const worked = one.age === undefined ? Math.max(20 * minute, target - one.left) : 8 * 60 * minute;
    const opened =
      one.age === undefined ? since(calendar, stop, worked) : onDay(dayOf(end) - one.age, 11, 20) + one.age * 7000;
    const at = (share: number) => Math.min(stop - minute, addWorkingTime(calendar, opened, worked * share) ?? stop);
    return {
      at: opened,
      tell: (world) => {
        const { known } = world;
        const life = begin(world);
        const channel = one.channel ?? 'portal';
        const teamless = one.state === 'new';
        const team = one.from ?? one.team;
        life.log(
          opened,
          { name: one.by },
          logged(known, {
            title: one.title,
            text: one.text,
            service: one.service,
            category: one.category,
            sub: one.sub,
            scores: [one.scores[0], one.scores[1]],
            requester: one.by,
            beneficiary: one.for,
            organization,
            team: teamless ? null : team,
            part: partNamed(one.part, place),
            place,
            channel,
            tags: one.tags,
          }),
          teamless ? undefined : whyTeam(known, one.service, one.sub),
        );
        if (one.from)
          life.assign(
            at(0.25),
            { name: 'Rui Tavares' },
            { team: one.team },
            'The licence is renewed from the office, not on the spot.',
          );
        if (!one.hand) return life.told();
        // The first answer comes in time, whatever the rest of the morning brings.
        const soon = addWorkingTime(calendar, opened, promise.response[priority - 1]! * 400) ?? opened;
        const first = Math.min(soon, at(0.1));
        life.assign(one.from ? at(0.3) : first, { name: one.hand }, { person: one.hand });
        if (one.state !== 'assigned') life.start(life.at + 40_000, one.hand);
        life.comment(life.at + 90_000, one.hand, 'team', one.asks ?? 'Thank you, I have it and come back to you.');
        if (one.answers) life.comment(Math.max(life.at + 3 * minute, at(0.3)), one.by, 'requester', one.answers);
        if (one.note) life.note(Math.max(life.at + minute, at(0.55)), one.hand, one.note);
        if (one.problem) life.edit(life.at + minute, one.hand, { problem_id: known.id('problem', one.problem) });
        if (one.wait) {
          life.comment(Math.max(life.at + minute, at(0.7)), one.hand, 'team', one.wait.says);
          life.hold(life.at + 20_000, one.hand, one.wait.reason, one.wait.until);
        }
        if (one.fix) life.resolve(stop, one.hand, one.fix[0], one.fix[1]);
        return life.told();
      },
    };
  });
}
