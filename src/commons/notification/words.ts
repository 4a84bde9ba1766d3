import { Liquid } from 'liquidjs';

/** Why somebody is told: each mail and each notification says it. */
export const reasons = {
  assigned: { en: 'it was given to you', de: 'sie wurde Ihnen zugewiesen' },
  team: { en: 'it was given to your team', de: 'sie wurde Ihrem Team zugewiesen' },
  requester: { en: 'you asked for it', de: 'Sie haben sie gemeldet' },
  beneficiary: { en: 'it was logged for you', de: 'sie wurde für Sie gemeldet' },
  watcher: { en: 'you watch it', de: 'Sie beobachten sie' },
  mentioned: { en: 'you were mentioned', de: 'Sie wurden erwähnt' },
  promise: { en: 'a promise on your work needs you', de: 'eine Zusage in Ihrer Arbeit braucht Sie' },
  approval: { en: 'your approval is asked for', de: 'um Ihre Genehmigung gebeten wird' },
  rule: {
    en: 'a rule you answer for is called wrong',
    de: 'eine Regel, für die Sie verantwortlich sind, gilt als falsch',
  },
  fault: {
    en: 'a rule you answer for could not do what it says',
    de: 'eine Regel, für die Sie verantwortlich sind, nicht tun konnte, was sie sagt',
  },
  called: { en: 'a rule asks you to look at it', de: 'eine Regel Sie bittet, danach zu sehen' },
  work: {
    en: 'open work was handed over, from you or to you',
    de: 'offene Arbeit von Ihnen oder an Sie übergeben wurde',
  },
  delegate: { en: 'you stand in for somebody who is absent', de: 'Sie vertreten jemanden, der abwesend ist' },
  safety: { en: 'it is about your account', de: 'es um Ihr Konto geht' },
  keeper: { en: 'you answer for this calendar', de: 'Sie sind für diesen Kalender verantwortlich' },
  account: { en: 'you asked for it', de: 'Sie haben es angefordert' },
} as const;
export type Reason = keyof typeof reasons;

export const mailKinds = [
  'commented',
  'resolved',
  'reopened',
  'assigned',
  'logged',
  'cancelled',
  'mentioned',
  'warned',
  'breached',
  'escalated',
  'missed',
  'informed',
  'ended',
  'passed',
  'submitted',
  'referred',
  'approved',
  'rejected',
  'called',
  'secured',
  'unsecured',
  'recovered',
  'unlocked',
  'password',
] as const;
export type MailKind = (typeof mailKinds)[number];

type Template = { subject: string; text: string };
const foot = {
  en: '\n\n{{ address }}\n\n-- \nYou get this because {{ reason }}.',
  de: '\n\n{{ address }}\n\n-- \nSie erhalten diese Nachricht, weil {{ reason }}.',
};

const templates: Record<'en' | 'de', Record<MailKind, Template>> = {
  en: {
    logged: {
      subject: '[{{ number }}] We have it: {{ title }}',
      text: 'Your report is {{ number }}.',
    },
    commented: { subject: '[{{ number }}] {{ title }}', text: '{{ actor }} wrote:\n\n{{ text }}' },
    mentioned: {
      subject: '[{{ number }}] {{ actor }} mentioned you: {{ title }}',
      text: '{{ actor }} wrote:\n\n{{ text }}',
    },
    assigned: {
      subject: '[{{ number }}] Yours now: {{ title }}',
      text: '{{ actor }} gave {{ number }} to you. Priority {{ priority }}.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    resolved: {
      subject: '[{{ number }}] Solved: {{ title }}',
      text: '{{ text }}\n\nIf it is not solved, reopen it. Otherwise it closes itself.',
    },
    reopened: { subject: '[{{ number }}] Open again: {{ title }}', text: '{{ actor }} reopened it.' },
    cancelled: { subject: '[{{ number }}] Cancelled: {{ title }}', text: '{{ actor }} cancelled it.' },
    warned: {
      subject: '[{{ number }}] A promise ends soon: {{ title }}',
      text: 'The promise of {{ number }} ends soon.',
    },
    breached: {
      subject: '[{{ number }}] A promise is broken: {{ title }}',
      text: 'The promise of {{ number }} was not kept in time.',
    },
    escalated: {
      subject: '[{{ number }}] Escalated to you: {{ title }}',
      text: '{{ number }} was escalated to you by the rule of its agreement.',
    },
    missed: {
      subject: '[{{ number }}] Users wait for an update: {{ title }}',
      text: 'Users were promised an update on {{ number }} that did not come. Tell them how it stands.',
    },
    informed: { subject: '[{{ number }}] {{ title }}: how it stands', text: '{{ text }}' },
    ended: {
      subject: '[{{ number }}] {{ title }} is back',
      text: '{{ title }} works again. Thank you for your patience.',
    },
    passed: {
      subject: '[{{ number }}] Open work of {{ title }} changes hands',
      text: '{{ actor }} handed it over. What is yours now stands in your queue.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    submitted: {
      subject: '[{{ number }}] Your approval is asked for: {{ title }}',
      text: '{{ actor }} asks for your approval of {{ number }}.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    referred: {
      subject: '[{{ number }}] Your decision is asked for: {{ title }}',
      text: '{{ actor }} asks you to decide on {{ number }}.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    approved: { subject: '[{{ number }}] Approved: {{ title }}', text: '{{ actor }} approved {{ number }}.' },
    rejected: {
      subject: '[{{ number }}] Rejected: {{ title }}',
      text: '{{ actor }} rejected {{ number }}.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    called: { subject: '[{{ number }}] Please look: {{ title }}', text: '{{ text }}' },
    secured: {
      subject:
        '{% case text %}{% when "passkey" %}A passkey was added to your account{% when "totp" %}One-time codes protect your account now{% else %}You have new recovery codes{% endcase %}',
      text: 'If this was not you, tell your administrator and choose a new password.',
    },
    unsecured: {
      subject:
        '{% if text == "passkey" %}A passkey was removed from your account{% else %}One-time codes no longer protect your account{% endif %}',
      text: 'If this was not you, tell your administrator and choose a new password.',
    },
    recovered: {
      subject: 'A recovery code was used to sign in to your account',
      text: 'It works no more. If this was not you, choose a new password at once and tell your administrator.',
    },
    unlocked: {
      subject: 'The second factor of your account was taken away',
      text: '{{ actor }} took it away, and you were signed out everywhere. Reason: {{ text }}\n\nYou sign in with your password alone until you set up a new one. If you did not ask for this, tell your administrator.',
    },
    password: {
      subject: 'Choose a new password',
      text: 'With this link you choose a new password. It works once, within {{ hours }} hours.',
    },
  },
  de: {
    logged: {
      subject: '[{{ number }}] Wir haben sie: {{ title }}',
      text: 'Ihre Meldung ist {{ number }}.',
    },
    commented: { subject: '[{{ number }}] {{ title }}', text: '{{ actor }} schrieb:\n\n{{ text }}' },
    mentioned: {
      subject: '[{{ number }}] {{ actor }} hat Sie erwähnt: {{ title }}',
      text: '{{ actor }} schrieb:\n\n{{ text }}',
    },
    assigned: {
      subject: '[{{ number }}] Jetzt bei Ihnen: {{ title }}',
      text: '{{ actor }} hat Ihnen {{ number }} zugewiesen. Priorität {{ priority }}.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    resolved: {
      subject: '[{{ number }}] Gelöst: {{ title }}',
      text: '{{ text }}\n\nIst sie nicht gelöst, öffnen Sie sie wieder. Sonst schließt sie sich selbst.',
    },
    reopened: { subject: '[{{ number }}] Wieder offen: {{ title }}', text: '{{ actor }} hat sie wieder geöffnet.' },
    cancelled: { subject: '[{{ number }}] Abgebrochen: {{ title }}', text: '{{ actor }} hat sie abgebrochen.' },
    warned: {
      subject: '[{{ number }}] Eine Zusage endet bald: {{ title }}',
      text: 'Die Zusage zu {{ number }} endet bald.',
    },
    breached: {
      subject: '[{{ number }}] Eine Zusage ist gebrochen: {{ title }}',
      text: 'Die Zusage zu {{ number }} wurde nicht rechtzeitig eingehalten.',
    },
    escalated: {
      subject: '[{{ number }}] An Sie eskaliert: {{ title }}',
      text: '{{ number }} wurde nach der Regel ihrer Vereinbarung an Sie eskaliert.',
    },
    missed: {
      subject: '[{{ number }}] Die Nutzer warten auf Nachricht: {{ title }}',
      text: 'Zu {{ number }} war eine Nachricht an die Nutzer zugesagt, die nicht kam. Sagen Sie ihnen, wie es steht.',
    },
    informed: { subject: '[{{ number }}] {{ title }}: so steht es', text: '{{ text }}' },
    ended: {
      subject: '[{{ number }}] {{ title }} geht wieder',
      text: '{{ title }} funktioniert wieder. Danke für Ihre Geduld.',
    },
    passed: {
      subject: '[{{ number }}] Offene Arbeit von {{ title }} geht in andere Hände',
      text: '{{ actor }} hat sie übergeben. Was jetzt Ihnen gehört, steht in Ihrer Warteschlange.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    submitted: {
      subject: '[{{ number }}] Ihre Genehmigung ist gefragt: {{ title }}',
      text: '{{ actor }} bittet um Ihre Genehmigung von {{ number }}.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    referred: {
      subject: '[{{ number }}] Ihre Entscheidung ist gefragt: {{ title }}',
      text: '{{ actor }} bittet Sie, über {{ number }} zu entscheiden.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    approved: { subject: '[{{ number }}] Genehmigt: {{ title }}', text: '{{ actor }} hat {{ number }} genehmigt.' },
    rejected: {
      subject: '[{{ number }}] Abgelehnt: {{ title }}',
      text: '{{ actor }} hat {{ number }} abgelehnt.{% if text != "" %}\n\n{{ text }}{% endif %}',
    },
    called: { subject: '[{{ number }}] Bitte ansehen: {{ title }}', text: '{{ text }}' },
    secured: {
      subject:
        '{% case text %}{% when "passkey" %}Ihrem Konto wurde ein Passkey hinzugefügt{% when "totp" %}Einmalcodes schützen jetzt Ihr Konto{% else %}Sie haben neue Wiederherstellungscodes{% endcase %}',
      text: 'Waren Sie das nicht, sagen Sie es Ihrer Administration und wählen Sie ein neues Passwort.',
    },
    unsecured: {
      subject:
        '{% if text == "passkey" %}Von Ihrem Konto wurde ein Passkey entfernt{% else %}Einmalcodes schützen Ihr Konto nicht mehr{% endif %}',
      text: 'Waren Sie das nicht, sagen Sie es Ihrer Administration und wählen Sie ein neues Passwort.',
    },
    recovered: {
      subject: 'Mit einem Wiederherstellungscode wurde an Ihrem Konto angemeldet',
      text: 'Er gilt nicht mehr. Waren Sie das nicht, wählen Sie sofort ein neues Passwort und sagen Sie es Ihrer Administration.',
    },
    unlocked: {
      subject: 'Der zweite Faktor Ihres Kontos wurde entfernt',
      text: '{{ actor }} hat ihn entfernt, und Sie wurden überall abgemeldet. Grund: {{ text }}\n\nSie melden sich mit dem Passwort allein an, bis Sie einen neuen einrichten. Haben Sie das nicht gewünscht, sagen Sie es Ihrer Administration.',
    },
    password: {
      subject: 'Neues Passwort wählen',
      text: 'Mit diesem Link wählen Sie ein neues Passwort. Er gilt einmal, innerhalb von {{ hours }} Stunden.',
    },
  },
};

const liquid = new Liquid({ cache: true });

/** Subject and text of a mail in the reader's language. */
export function wordsOf(kind: MailKind, reason: Reason, language: string, values: Record<string, unknown>): Template {
  const tongue = language === 'de' ? 'de' : 'en';
  const template = templates[tongue][kind];
  const all = { ...values, reason: reasons[reason][tongue] };
  const subject = liquid.parseAndRenderSync(template.subject, all).replace(/\s+/g, ' ').slice(0, 250);
  return { subject, text: liquid.parseAndRenderSync(template.text + foot[tongue], all) };
}
