import { addWorkingTime } from '../commons/calendar';
import type { Chance } from './chance.rules';
import type { Life } from './life';
import { membersOf, type Somebody } from './people';
import type { Place } from './places';
import { calendarNamed, promiseFor } from './promises';
import type { Story } from './stories/story';
import { type Fill, firstName, type Language, plainWords } from './words';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** An incident as it comes in; what becomes of it is told by `live`. */
export interface Plan {
  readonly at: number;
  readonly service: string;
  readonly department: string;
  readonly organization: string | null;
  readonly team: string;
  readonly serviceTeam: string;
  readonly story: Story;
  readonly fill: Fill;
  readonly priority: number;
  readonly requester: Somebody | null;
  readonly place: Place | null;
  readonly channel: string;
  readonly language: Language;
  readonly slowness: number;
  /** The problem behind it, where it was seen to be one. */
  readonly problemId?: string | null;
}

/** Who can take it: of the team, there on that day, German where German is spoken. */
export function whoTakes(
  chance: Chance,
  team: string,
  plan: Pick<Plan, 'language'>,
  at: number,
  today: number,
  but: readonly string[] = [],
): string {
  const days = Math.floor((at - today) / day);
  const there = membersOf(team).filter(
    ({ name, away }) => !but.includes(name) && !(away && days >= away[0] && days <= away[1]),
  );
  const speaking = there.filter(({ language }) => plan.language === 'en' || language === plan.language);
  return chance.pick(speaking.length > 0 ? speaking : there.length > 0 ? there : membersOf(team)).name;
}

/** Tells what became of it: taken, asked about, moved, held, solved, confirmed, sometimes back again. */
export function live(chance: Chance, life: Life, plan: Plan, today: number, but: readonly string[]): void {
  const promise = promiseFor({ ...plan, organization: plan.organization });
  const calendar = calendarNamed(promise.calendar);
  const after = (from: number, span: number) => addWorkingTime(calendar, from, Math.round(span)) ?? from + span;
  const response = promise.response[plan.priority - 1]! * 1000;
  const target = promise.resolution[plan.priority - 1]! * 1000;
  const { story, fill } = plan;
  const german = plan.language === 'de';
  const words = plainWords[plan.language];
  const asker = plan.requester?.name ?? null;
  const told = (list: readonly string[]) => fill(chance.pick(list)).replace('{first}', firstName(asker ?? ''));
  const say = (at: number, by: string, list: readonly string[]) => life.comment(at, by, 'team', told(list));

  let team = plan.team;
  let hand = whoTakes(chance, team, plan, plan.at, today, but);
  const spoken = ['phone', 'chat', 'walk_in'].includes(plan.channel);
  const used = Math.max(4 * minute, Math.min(target * chance.around(0.38 * plan.slowness, 0.68), target * 3.5));

  if (chance.happens(0.022) && asker) {
    life.cancel(plan.at + chance.around(40 * minute, 0.9), asker, told(words.cancel));
    return;
  }
  if (spoken && chance.happens(0.45) && plan.priority > 1) {
    // Solved while they speak.
    life.start(plan.at + chance.whole(20, 90) * 1000, hand);
    const [code, note] = chance.pick(story.fixes);
    life.resolve(plan.at + chance.around(11 * minute, 0.5), hand, code, fill(note));
    finish();
    return;
  }

  const first = spoken
    ? plan.at + chance.whole(1, 9) * minute
    : after(plan.at, response * Math.min(2.5, chance.around(0.29, 0.78)));
  if (life.state === 'new') {
    const router = whoTakes(chance, 'Service desk', plan, plan.at, today, but);
    life.assign(Math.min(first - minute, plan.at + chance.around(12 * minute, 0.6)), { name: router }, { team });
  }
  life.start(first, hand);
  const asks = story.asks && asker && chance.happens(0.6);
  if (asks) {
    say(first + chance.whole(1, 4) * minute, hand, story.asks!);
    if (story.answers && chance.happens(0.85)) {
      const answered = first + chance.around(26 * minute, 0.8);
      if (answered < first + used) life.comment(answered, asker!, 'requester', fill(chance.pick(story.answers)));
    }
  } else if (chance.happens(0.97)) say(first + chance.whole(1, 4) * minute, hand, asker ? words.taken : words.watched);

  let clock = Math.max(first, life.at);
  let left = Math.max(3 * minute, used);
  const go = (share: number) => {
    clock = Math.max(after(clock, left * share), life.at + 1000);
    left *= 1 - share;
  };

  const moves = story.moves && team !== story.moves.to && chance.happens(0.3) ? story.moves : null;
  const onward = !moves && team !== plan.serviceTeam && chance.happens(0.42);
  if (moves || onward) {
    go(0.3);
    const to = moves ? moves.to : plan.serviceTeam;
    life.assign(
      clock,
      { name: hand },
      { team: to },
      moves
        ? moves.why
        : german
          ? 'Das kann das Team des Dienstes besser.'
          : 'Needs somebody who knows the service inside.',
    );
    team = to;
    hand = whoTakes(chance, team, plan, clock, today, but);
    go(0.3);
    life.start(clock, hand);
  }
  if (story.notes && chance.happens(0.45)) {
    go(0.2);
    life.note(clock, hand, fill(chance.pick(story.notes)));
  }
  const waits = story.waits && plan.priority > 1 && chance.happens(0.3) ? story.waits : null;
  if (waits) {
    go(0.4);
    say(clock, hand, [waits.says]);
    wait(waits.reason);
  } else if (asker && plan.priority < 5 && chance.happens(0.3)) {
    go(0.6);
    say(clock, hand, words.nearly);
  }
  go(1);
  if (plan.problemId) life.edit(clock - minute, hand, { problem_id: plan.problemId });
  const [code, note] = chance.pick(story.fixes);
  life.resolve(clock, hand, code, fill(note));
  finish();

  function wait(reason: string) {
    const begun = life.at;
    if (reason === 'requester' || reason === 'evidence') {
      life.hold(begun + 30_000, hand, reason, chance.happens(0.4) ? begun + chance.whole(2, 6) * day : null);
      const answered = begun + chance.around(7 * hour, 0.9);
      if (asker)
        life.comment(
          answered,
          asker,
          'requester',
          story.answers
            ? fill(chance.pick(story.answers))
            : german
              ? 'Hier ist es.'
              : 'Here it is, sorry for the wait.',
        );
      life.resume(
        life.at + (reason === 'requester' ? 1000 : 20 * minute),
        reason === 'requester' ? 'rule' : { name: hand },
      );
    } else {
      const days = reason === 'problem' ? chance.whole(6, 20) : chance.whole(1, 4);
      // What is urgent is not left lying for days.
      const span = plan.priority <= 2 ? chance.whole(2, 6) * hour : days * day;
      const until = Math.floor((begun + span) / hour + 1) * hour;
      life.hold(begun + 30_000, hand, reason, until);
      if (chance.happens(0.5)) say(life.at + chance.whole(2, 12) * minute, hand, words.waiting);
      const sooner = chance.happens(0.35);
      life.resume(
        sooner ? begun + (until - begun) * (0.3 + 0.6 * chance.next()) : until,
        sooner ? { name: hand } : 'timer',
      );
    }
    clock = life.at;
  }

  /** Confirmed by the requester, or closed when nobody said no; now and then it comes back. */
  function finish() {
    const solved = life.at;
    if (asker && chance.happens(plan.slowness > 1.2 ? 0.07 : 0.035)) {
      life.reopen(solved + chance.around(20 * hour, 0.7), asker, told(words.back));
      const again = life.at;
      life.comment(after(again, response * 0.4), hand, 'team', told(words.taken));
      const another = story.fixes.filter(([, said]) => fill(said) !== life.solution);
      const [code, note] =
        another.length > 0
          ? chance.pick(another)
          : ([
              'fixed',
              german ? 'Noch einmal geprüft, jetzt hält es.' : 'Done once more, and watched for a day: it holds.',
            ] as const);
      life.resolve(after(again, target * chance.around(0.2, 0.5)), hand, code, fill(note));
    } else if (asker && chance.happens(0.34)) {
      life.comment(solved + chance.around(2 * hour, 1), asker, 'requester', told(words.works));
      if (chance.happens(0.8)) {
        life.close(life.at + chance.whole(1, 20) * 1000, { name: asker });
        return;
      }
    }
    // The five days count from the resolution that holds.
    life.close(Math.max(life.resolvedAt + 5 * day, life.at), 'timer');
  }
}
