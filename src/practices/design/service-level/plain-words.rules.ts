import type { AgreementContent, Escalation, Promised } from './agreement.contract';

/** An agreement as one page of plain sentences. Names are given, since ids say nothing to people. */
export interface PlainInput {
  readonly number: string;
  readonly version: number;
  readonly state: string;
  readonly content: AgreementContent;
  /** The name of whatever an id stands for. */
  readonly nameOf: (id: string) => string;
  readonly calendar: { readonly name: string; readonly timezone: string };
  readonly accepted: { readonly by: string; readonly on: string } | null;
}

export type PlainLanguage = 'en' | 'de';

const units = {
  en: { day: ['day', 'days'], hour: ['hour', 'hours'], minute: ['minute', 'minutes'], second: ['second', 'seconds'] },
  de: {
    day: ['Tag', 'Tagen'],
    hour: ['Stunde', 'Stunden'],
    minute: ['Minute', 'Minuten'],
    second: ['Sekunde', 'Sekunden'],
  },
} as const;

/** "1 hour 30 minutes"; whole working hours stay hours, as a working day has no fixed length. */
export const lasting = (seconds: number, language: PlainLanguage): string => {
  const parts: [keyof (typeof units)['en'], number][] = [
    ['hour', Math.floor(seconds / 3600)],
    ['minute', Math.floor((seconds % 3600) / 60)],
    ['second', seconds % 60],
  ];
  const said = parts
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count} ${units[language][unit][count === 1 ? 0 : 1]}`);
  return said.join(' ') || `0 ${units[language].second[1]}`;
};

const listed = (names: readonly string[], and: string): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;

const targets = {
  en: {
    first_response: 'the first answer comes',
    update: 'a question is answered',
    resolution: 'it is resolved',
    team: 'a team passes it on or resolves it',
  },
  de: {
    first_response: 'kommt die erste Antwort',
    update: 'wird eine Rückfrage beantwortet',
    resolution: 'ist die Störung behoben',
    team: 'gibt ein Team den Vorgang weiter oder löst ihn',
  },
} as const;

const within = (promised: Promised, language: PlainLanguage): string => {
  const german = language === 'de';
  if (promised.seconds !== undefined)
    return german
      ? `innerhalb von ${lasting(promised.seconds, 'de')} Arbeitszeit`
      : `within ${lasting(promised.seconds, 'en')} of working time`;
  if (promised.working_days !== undefined) {
    const days = promised.working_days;
    const counted = german
      ? `innerhalb von ${days} ${days === 1 ? 'Arbeitstag' : 'Arbeitstagen'}`
      : `within ${days} working ${days === 1 ? 'day' : 'days'}`;
    if (!promised.end_of_day) return counted;
    return german ? `${counted}, bis zum Ende des Tages` : `${counted}, by the end of that day`;
  }
  const field = promised.at_field === 'deadline_at' ? null : promised.at_field;
  if (german) return field ? `bis zu dem Zeitpunkt im Feld ${field}` : 'bis zur gesetzten Frist';
  return field ? `by the instant in the field ${field}` : 'by the deadline that was set';
};

/** What a team may use of the whole; those without a slice of their own share the rest. */
const sliceLine = (promised: Promised, { nameOf, content }: PlainInput, language: PlainLanguage): string | null => {
  if (promised.target !== 'team' || promised.seconds === undefined) return null;
  if (promised.team_id === undefined && !content.targets.some(({ team_id }) => team_id !== undefined)) return null;
  const time = lasting(promised.seconds, language);
  if (language === 'de') {
    const who =
      promised.team_id === undefined ? 'dürfen alle anderen Teams zusammen' : `darf ${nameOf(promised.team_id)}`;
    const whom = promised.priority === undefined ? '' : ` bei Priorität ${promised.priority}`;
    return `Davon ${who}${whom} ${time} Arbeitszeit brauchen.`;
  }
  const who = promised.team_id === undefined ? 'all other teams together' : nameOf(promised.team_id);
  const whom = promised.priority === undefined ? 'Of this, ' : `Of this, for priority ${promised.priority}, `;
  return `${whom}${who} may use ${time} of working time.`;
};

const promiseLine = (promised: Promised, input: PlainInput, language: PlainLanguage): string => {
  const slice = sliceLine(promised, input, language);
  if (slice) return slice;
  const what = targets[language][promised.target];
  const how = within(promised, language);
  if (language === 'de') {
    const whom = promised.priority === undefined ? '' : ` bei Priorität ${promised.priority}`;
    const sentence = `${how}${whom} ${what}.`;
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  }
  const whom = promised.priority === undefined ? '' : `For priority ${promised.priority}, `;
  const sentence = `${whom}${what} ${how}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};

const matchLine = ({ content, nameOf }: PlainInput, language: PlainLanguage): string => {
  const { service_id, organization_id, department, priority } = content.match;
  const german = language === 'de';
  const parts = [
    service_id && `${german ? 'den Dienst' : 'the service'} ${nameOf(service_id)}`,
    organization_id && `${german ? 'den Kunden' : 'the customer'} ${nameOf(organization_id)}`,
    department && `${german ? 'die Abteilung' : 'the department'} ${nameOf(department)}`,
    priority && `${german ? 'die Priorität' : 'priority'} ${priority}`,
  ].filter((part): part is string => typeof part === 'string');
  if (parts.length === 0)
    return german
      ? 'Sie gilt für alles, wofür nichts Genaueres vereinbart ist.'
      : 'It holds for everything for which nothing more precise is agreed.';
  return german ? `Sie gilt für ${listed(parts, 'und')}.` : `It holds for ${listed(parts, 'and')}.`;
};

const whom = (step: Escalation, nameOf: PlainInput['nameOf'], language: PlainLanguage): string => {
  const german = language === 'de';
  if (step.person_id) return nameOf(step.person_id);
  if (step.team_lead) return german ? 'die Leitung des Teams' : 'the lead of the team';
  const role = step.role!.replaceAll('_', ' ');
  return german ? `wer die Rolle ${role} hat` : `everybody who is ${role}`;
};

const stepLine = (step: Escalation, { nameOf }: PlainInput, language: PlainLanguage): string => {
  const german = language === 'de';
  const moment =
    step.from === 'warning' ? (german ? 'der Warnung' : 'the warning') : german ? 'der Verletzung' : 'the breach';
  const after = german
    ? step.after_s === 0
      ? `Mit ${moment}`
      : `${lasting(step.after_s, 'de')} nach ${moment}`
    : step.after_s === 0
      ? `With ${moment}`
      : `${lasting(step.after_s, 'en')} after ${moment}`;
  const hours = step.calendar_id
    ? german
      ? ` (gezählt nach ${nameOf(step.calendar_id)})`
      : ` (counted by ${nameOf(step.calendar_id)})`
    : '';
  return german
    ? `${after}${hours} erfährt es ${whom(step, nameOf, 'de')}.`
    : `${after}${hours}, ${whom(step, nameOf, 'en')} is told.`;
};

const words = (state: string): string => state.replaceAll('_', ' ');

const english = (input: PlainInput): string[] => {
  const { content, calendar, nameOf } = input;
  const parties = content.parties.map(nameOf);
  return [
    `${input.number}, version ${input.version} (${input.state}).`,
    parties.length > 0
      ? `This is an agreement between ${listed(parties, 'and')}.`
      : 'The parties of this agreement are not named yet.',
    matchLine(input, 'en'),
    ...content.targets.map((promised) => promiseLine(promised, input, 'en')),
    `Time counts by the calendar ${calendar.name}, in the time of ${calendar.timezone}.`,
    content.pause_states.length > 0
      ? `Clocks stand still while a record is ${listed(content.pause_states.map(words), 'or')}${content.pause_targets.length > 0 ? `, but only those for ${listed(content.pause_targets.map(words), 'and')}` : ''}.`
      : 'Nothing makes the clocks stand still.',
    content.warn_share
      ? `A warning comes when ${Math.round(content.warn_share * 100)} % of the time is used.`
      : 'There is no warning before a breach.',
    ...content.escalations.map((step) => stepLine(step, input, 'en')),
    `It is in force from ${content.effective_on}${content.valid_until ? ` until ${content.valid_until}` : ' until it is replaced'}.`,
    content.review_on ? `It is reviewed next on ${content.review_on}.` : 'No review is planned.',
    input.accepted ? `It was accepted by ${input.accepted.by} on ${input.accepted.on}.` : 'Nobody has accepted it yet.',
  ];
};

const german = (input: PlainInput): string[] => {
  const { content, calendar, nameOf } = input;
  const parties = content.parties.map(nameOf);
  const state = { draft: 'Entwurf', published: 'veröffentlicht', retired: 'außer Kraft' }[input.state] ?? input.state;
  return [
    `${input.number}, Version ${input.version} (${state}).`,
    parties.length > 0
      ? `Dies ist eine Vereinbarung zwischen ${listed(parties, 'und')}.`
      : 'Die Parteien dieser Vereinbarung sind noch nicht genannt.',
    matchLine(input, 'de'),
    ...content.targets.map((promised) => promiseLine(promised, input, 'de')),
    `Die Zeit zählt nach dem Kalender ${calendar.name}, in der Zeit von ${calendar.timezone}.`,
    content.pause_states.length > 0
      ? `Die Uhren stehen, solange ein Vorgang im Zustand ${listed(content.pause_states.map(words), 'oder')} ist${content.pause_targets.length > 0 ? `, aber nur die für ${listed(content.pause_targets.map(words), 'und')}` : ''}.`
      : 'Nichts hält die Uhren an.',
    content.warn_share
      ? `Eine Warnung kommt, wenn ${Math.round(content.warn_share * 100)} % der Zeit verbraucht sind.`
      : 'Vor einer Verletzung wird nicht gewarnt.',
    ...content.escalations.map((step) => stepLine(step, input, 'de')),
    `Sie gilt ab ${content.effective_on}${content.valid_until ? ` bis ${content.valid_until}` : ', bis sie ersetzt wird'}.`,
    content.review_on
      ? `Sie wird als Nächstes am ${content.review_on} überprüft.`
      : 'Eine Überprüfung ist nicht geplant.',
    input.accepted
      ? `${input.accepted.by} hat sie am ${input.accepted.on} angenommen.`
      : 'Noch niemand hat sie angenommen.',
  ];
};

/** The sentences of an agreement, one for each thing that was agreed. */
export const plainWords = (input: PlainInput, language: PlainLanguage): string[] =>
  language === 'de' ? german(input) : english(input);
