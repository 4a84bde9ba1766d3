import { z } from 'zod';
import { wrong } from '../../kernel/sentence.contract';
import { type Weekday, weekdays } from '../calendar/calendar.contract';

/** The words of what people are told: what about, and which way it comes. Shared by server and screen. */

export const topics = ['work', 'answer', 'mention', 'progress', 'watch', 'promise', 'approval', 'major'] as const;
export type Topic = (typeof topics)[number];

/** What people can be told about while these kinds of record are switched off. */
export const topicsInUse = (off: ReadonlySet<string>): readonly Topic[] =>
  topics.filter((topic) => topic !== 'promise' || !off.has('agreement'));

/** From the loudest to the most silent. */
export const ways = ['at_once', 'digest', 'in_app', 'never'] as const;
export type Way = (typeof ways)[number];

/** What may pass quiet hours, where somebody says so; absence does not hold it back. */
export const criticalTopics = ['promise', 'approval', 'major'] as const;
export type CriticalTopic = (typeof criticalTopics)[number];
export const isCritical = (topic: string): topic is CriticalTopic =>
  (criticalTopics as readonly string[]).includes(topic);

const hour = /^([01]\d|2[0-3]):[0-5]\d$/;
const time = z.string(wrong`A time is needed.`).regex(hour, wrong`A time is written like 22:00.`);

/** Hours in which mails are kept, in the local time of the person; one that ends before it begins goes over midnight. */
export interface QuietWindow {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly until: string;
}
const quietWindow = z.strictObject({
  days: z
    .array(z.enum(weekdays, wrong`Days are mon, tue, wed, thu, fri, sat, sun.`), 'Name the days.')
    .min(1, wrong`Name at least one day.`)
    .max(7, wrong`A week has seven days.`)
    .refine((days) => new Set(days).size === days.length, wrong`Name each day once.`),
  from: time,
  until: time,
});

/** When a digest comes: at each full hour, or once a day at a time. */
export type DigestTime = { readonly every: 'hour' } | { readonly every: 'day'; readonly at: string };
const digestTime = z.discriminatedUnion(
  'every',
  [z.strictObject({ every: z.literal('hour') }), z.strictObject({ every: z.literal('day'), at: time })],
  'A digest comes every hour, or every day at a time.',
);

const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** How many minutes of a week no window covers. */
export function loudMinutes(windows: readonly QuietWindow[]): number {
  const quiet = new Uint8Array(7 * 1440);
  for (const { days, from, until } of windows)
    for (const day of days) {
      const begin = weekdays.indexOf(day) * 1440 + minutesOf(from);
      const length = minutesOf(until) - minutesOf(from);
      for (let minute = 0; minute < (length > 0 ? length : length + 1440); minute++)
        quiet[(begin + minute) % quiet.length] = 1;
    }
  return quiet.length - quiet.reduce((sum, one) => sum + one, 0);
}

/** What a person chose; what is left out stays as their roles and the product have it. */
export const ownChoices = z.strictObject({
  ways: z.partialRecord(z.enum(topics, wrong`There is no such kind.`), z.enum(ways, wrong`This is no way.`)).optional(),
  passes: z
    .partialRecord(z.enum(criticalTopics, wrong`This cannot pass quiet hours.`), z.boolean(wrong`Say true or false.`))
    .optional(),
  quiet: z
    .array(quietWindow, wrong`Quiet hours are a list of windows.`)
    .max(20, wrong`At most 20 windows are possible.`)
    .refine(
      (windows) => loudMinutes(windows) >= 60,
      wrong`Leave at least one hour of the week: mails would never come.`,
    )
    .optional(),
  digest: digestTime.optional(),
});
export type OwnChoices = z.infer<typeof ownChoices>;

/** A change over what was chosen; null gives a choice back to the roles. */
export const choiceChange = z.strictObject({
  ways: z
    .partialRecord(
      z.enum(topics, wrong`There is no such kind.`),
      z.enum(ways, wrong`This is no way: at_once, digest, in_app or never.`).nullable(),
      wrong`Ways are an object: the kind and how it comes.`,
    )
    .nullish(),
  passes: z
    .partialRecord(
      z.enum(criticalTopics, wrong`Only promise, approval and major can pass quiet hours.`),
      z.boolean(wrong`Say true or false.`).nullable(),
      wrong`This is an object: the kind and true or false.`,
    )
    .nullish(),
  quiet: ownChoices.shape.quiet.nullable(),
  digest: ownChoices.shape.digest.nullable(),
});
export type ChoiceChange = z.infer<typeof choiceChange>;

/** What holds for a person, all told. */
export interface Choices {
  readonly ways: Readonly<Record<Topic, Way>>;
  readonly passes: Readonly<Record<CriticalTopic, boolean>>;
  readonly quiet: readonly QuietWindow[];
  readonly digest: DigestTime;
}
export type Source = 'own' | 'role' | 'delivered';

/** How the product comes: everything at once; what is only watched waits for the digest of those who work with it daily. */
export const delivered: Choices = {
  ways: {
    work: 'at_once',
    answer: 'at_once',
    mention: 'at_once',
    progress: 'at_once',
    watch: 'at_once',
    promise: 'at_once',
    approval: 'at_once',
    major: 'at_once',
  },
  passes: { promise: false, approval: false, major: false },
  quiet: [],
  digest: { every: 'day', at: '08:00' },
};

/** What differs for a role as the product comes; an organisation's own rules win. */
export const deliveredByRole: Readonly<Record<string, Partial<Record<Topic, Way>>>> = {
  agent: { watch: 'digest' },
  team_lead: { watch: 'digest', progress: 'digest' },
  service_owner: { watch: 'digest', progress: 'digest' },
  cio: { watch: 'digest', progress: 'digest' },
  auditor: { watch: 'in_app', progress: 'in_app' },
};

/** The loudest of several ways: somebody with two roles misses nothing one of them needs. */
export const loudest = (some: readonly Way[]): Way | undefined => ways.find((way) => some.includes(way));
