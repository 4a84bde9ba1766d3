import { Liquid } from 'liquidjs';
import type { MailKind } from './words';

type Line = { en: string; de: string };

/** What happened in one line, for a digest. What concerns an account goes at once and has none. */
const lines: Partial<Record<MailKind, Line>> = {
  called: { en: '{{ text }}', de: '{{ text }}' },
  logged: { en: 'Logged', de: 'Gemeldet' },
  commented: { en: '{{ actor }} wrote: {{ text }}', de: '{{ actor }} schrieb: {{ text }}' },
  mentioned: { en: '{{ actor }} mentioned you: {{ text }}', de: '{{ actor }} hat Sie erwähnt: {{ text }}' },
  assigned: { en: '{{ actor }} gave it to you', de: '{{ actor }} hat es Ihnen zugewiesen' },
  resolved: { en: '{{ actor }} solved it: {{ text }}', de: '{{ actor }} hat es gelöst: {{ text }}' },
  reopened: { en: '{{ actor }} reopened it', de: '{{ actor }} hat es wieder geöffnet' },
  cancelled: { en: '{{ actor }} cancelled it', de: '{{ actor }} hat es abgebrochen' },
  warned: { en: 'Its promise ends soon', de: 'Die Zusage dazu endet bald' },
  breached: { en: 'Its promise was not kept in time', de: 'Die Zusage dazu wurde nicht eingehalten' },
  escalated: { en: 'It was escalated to you', de: 'Es wurde an Sie eskaliert' },
  missed: { en: 'Users wait for an update', de: 'Die Nutzer warten auf Nachricht' },
  informed: { en: 'How it stands: {{ text }}', de: 'So steht es: {{ text }}' },
  ended: { en: 'It works again', de: 'Es funktioniert wieder' },
  passed: { en: '{{ actor }} handed over its open work', de: '{{ actor }} hat die offene Arbeit übergeben' },
  submitted: { en: '{{ actor }} asks for your approval', de: '{{ actor }} bittet um Ihre Genehmigung' },
  referred: { en: '{{ actor }} asks for your decision', de: '{{ actor }} bittet um Ihre Entscheidung' },
  approved: { en: '{{ actor }} approved it', de: '{{ actor }} hat es genehmigt' },
  rejected: { en: '{{ actor }} rejected it', de: '{{ actor }} hat es abgelehnt' },
};

const liquid = new Liquid({ cache: true });
const longest = 200;

/** One line of at most 200 characters in the reader's language. */
export function briefOf(kind: MailKind, language: string, values: Readonly<Record<string, unknown>>): string | null {
  const template = lines[kind];
  if (!template) return null;
  const line = liquid
    .parseAndRenderSync(template[language === 'de' ? 'de' : 'en'], { ...values })
    .replace(/\s+/g, ' ')
    .replace(/: ?$/, '')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

export interface DigestPart {
  readonly number: string;
  readonly title: string;
  readonly address: string;
  readonly lines: readonly string[];
}

/** Subject and text of a digest: records with what happened to each, newest first. */
export function digestOf(language: string, parts: readonly DigestPart[]): { subject: string; text: string } {
  const german = language === 'de';
  const [first] = parts;
  const subject =
    parts.length === 1
      ? german
        ? `Zusammengefasst: [${first!.number}] ${first!.title}`
        : `In short: [${first!.number}] ${first!.title}`
      : german
        ? `Zusammengefasst: Neues zu ${parts.length} Vorgängen`
        : `In short: news of ${parts.length} records`;
  const text = parts
    .map(({ number, title, address, lines }) =>
      [`[${number}] ${title}`, ...lines.map((line) => `  - ${line}`), `  ${address}`].join('\n'),
    )
    .join('\n\n');
  const why = german
    ? '-- \nSie erhalten dies gesammelt, weil Sie es so wählten oder Ruhe hatten.'
    : '-- \nYou get this together because you chose so, or had quiet hours.';
  return { subject: subject.replace(/\s+/g, ' ').slice(0, 250), text: `${text}\n\n${why}` };
}
