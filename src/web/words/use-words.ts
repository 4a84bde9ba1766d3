import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/queries';
import { present } from './now';
import { useOwnWords } from './own-words';
import { humanize } from './record';
import {
  dateWords,
  durationWords,
  exactWords,
  stampWords,
  timeWords,
  type Units,
  whenWords,
  windowWords,
  yearlyWords,
} from './time';

/** Looks a word up by a name that comes from data; the label the server sent, or the name itself, stands in for it. */
function lookUp(path: string, fallback: string): string {
  const key = `words:${path}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : fallback;
}

/** Who did something: a person by name; what is no person, and has no id, in the reader's language. */
export function actorWords(
  actor: { id?: string | null; name?: string | null; kind?: string } | null | undefined,
): string {
  if (!actor) return '';
  return actor.id ? (actor.name ?? '') : lookUp(`actor.${actor.kind ?? actor.name}`, actor.name ?? '');
}

/** A rule this reader may not see, as the server says it in English. */
export const ruleWords = (rule: string): string => (rule === 'A rule' ? lookUp('some_rule', rule) : rule);

/** Words for the names of the API, in the reader's language and zone. */
export function useWords() {
  const { i18n, t } = useTranslation('kit');
  const me = useMe();
  const language = i18n.language;
  const zone = me.data?.time_zone ?? undefined;
  const own = useOwnWords();
  return useMemo(() => {
    const past = (name: string) => {
      const past = name.split('.').pop() ?? name;
      return own(`past.${past}`) ?? lookUp(`past.${past}`, humanize(past));
    };
    const units: Units = { s: t('units.s'), min: t('units.min'), h: t('units.h'), d: t('units.d') };
    return {
      language,
      zone,
      units,
      type: (type: string, label?: string) => own(`type.${type}`) ?? lookUp(`type.${type}`, label ?? humanize(type)),
      plural: (type: string, label?: string) =>
        own(`plural.${type}`) ?? lookUp(`plural.${type}`, label ?? humanize(type)),
      field: (name: string, label?: string) => lookUp(`field.${name}`, label || humanize(name)),
      state: (state: string) => own(`state.${state}`) ?? lookUp(`state.${state}`, humanize(state)),
      verb: (verb: string) => own(`verb.${verb}`) ?? lookUp(`verb.${verb}`, humanize(verb)),
      choice: (field: string, value: string, label?: string) =>
        lookUp(`choice.${field}.${value}`, label ?? humanize(value)),
      /** Words the catalogue knows for a free text, offered while one writes. */
      choices: (field: string): [string, string][] => {
        const known = i18n.getResource(language, 'words', `choice.${field}`) as Record<string, string> | undefined;
        return known && typeof known === 'object' ? Object.entries(known) : [];
      },
      past,
      /** The same behind a name, where English wants an object; else its first letter is small, its nouns stay what they are. */
      did: (name: string) => {
        const said = past(name).replace(/^./u, (first) => first.toLocaleLowerCase(language));
        const last = name.split('.').pop() ?? name;
        return own(`past.${last}`) ? said : lookUp(`did.${last}`, said);
      },
      /** What a field is for; the server says it in English. */
      help: (type: string, name: string, text?: string): string | undefined => {
        const known: unknown = i18n.getResource(language, 'words', `help.${type}_${name}`);
        return text !== undefined && typeof known === 'string' ? known : text;
      },
      /** Whether, in a word. */
      yes: (value: boolean) => t(value ? 'yes' : 'no'),
      /** What a record is called where its number stands elsewhere: a practice has a name instead of a number. */
      called: (record: { number: string; type?: string }) =>
        record.type === 'practice' && i18next.exists(`admin:practices.name.${record.number}`)
          ? String(i18next.t(`admin:practices.name.${record.number}` as never))
          : record.number,
      /** What a variable of a text says; the server says it in English. */
      variable: (name: string, says: string) => lookUp(`variable.${name.replaceAll('.', '_')}`, says),
      target: (target: string) => lookUp(`target.${target}`, humanize(target)),
      time: (at: string) => timeWords(at, language, zone),
      when: (at: string, now = present()) => whenWords(at, now, language, zone),
      /** The same with the time of an older day. */
      stamp: (at: string, now = present()) => stampWords(at, now, language, zone),
      exact: (at: string) => exactWords(at, language, zone),
      /** From when to when: the date once where both lie on one day. */
      window: (from: string, to: string) => windowWords(from, to, language, zone),
      date: (at: string) => dateWords(at, language, zone),
      /** A day of a calendar: `2026-12-24`, or `*-12-25` for the same of every year. */
      day: (day: string) =>
        /^\*-\d{2}-\d{2}$/.test(day) ? t('every_year', { day: yearlyWords(day, language) }) : dateWords(day, language),
      duration: (seconds: number) => durationWords(seconds, units),
      number: (value: number, digits = 1) =>
        new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value),
    };
  }, [language, zone, own, t, i18n]);
}

export type Words = ReturnType<typeof useWords>;
