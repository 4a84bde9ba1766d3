import type { AlertmanagerBody, Notice, Severity } from './monitoring.contract';

const severityWords: Readonly<Record<Severity, readonly string[]>> = {
  critical: ['critical', 'crit', 'page', 'disaster', 'fatal', 'emergency', 'emerg', 'p1', 'down'],
  major: ['major', 'error', 'err', 'high', 'average', 'p2', 'alert'],
  warning: ['warning', 'warn', 'minor', 'medium', 'low', 'p3', 'degraded', 'unknown'],
  info: [
    'info',
    'information',
    'informational',
    'notice',
    'none',
    'debug',
    'ok',
    'normal',
    'p4',
    'p5',
    'not_classified',
  ],
};

/** The severity a word means, whoever uses it; a warning when it is none we know. */
export function severityOf(word: string): Severity {
  const plain = word.trim().toLowerCase().replaceAll(' ', '_');
  for (const [severity, words] of Object.entries(severityWords) as [Severity, readonly string[]][])
    if (words.includes(plain)) return severity;
  return 'warning';
}

const order: readonly Severity[] = ['info', 'warning', 'major', 'critical'];

/** Is one severity at least as bad as another? */
export function atLeast(severity: Severity, least: Severity): boolean {
  return order.indexOf(severity) >= order.indexOf(least);
}

export function worstOf(severities: readonly Severity[]): Severity {
  return severities.reduce((a, b) => (atLeast(b, a) ? b : a), 'info');
}

const recovered = [
  'recovered',
  'recovery',
  'resolved',
  'resolve',
  'ok',
  'clear',
  'cleared',
  'closed',
  'close',
  'up',
  'normal',
  'inactive',
  'success',
  '0',
  'false',
];
const firing = [
  'firing',
  'fire',
  'problem',
  'alerting',
  'alert',
  'triggered',
  'trigger',
  'open',
  'opened',
  'down',
  'active',
  'critical',
  'warning',
  'error',
  'failed',
  'failure',
  'unreachable',
  'create',
  '1',
  'true',
  'alarm',
  'new',
];

/** What a word says of an alert's state; undefined when it is none we know. */
export function stateOf(word: string): Notice['state'] | undefined {
  const plain = word.trim().toLowerCase();
  if (recovered.includes(plain)) return 'recovered';
  return firing.includes(plain) ? 'firing' : undefined;
}

/** Impact and urgency of an incident that an alert of this severity opens. */
export const scores: Readonly<Record<Severity, { impact: number; urgency: number }>> = {
  critical: { impact: 2, urgency: 1 },
  major: { impact: 2, urgency: 2 },
  warning: { impact: 3, urgency: 2 },
  info: { impact: 3, urgency: 3 },
};

/** The alerts of an Alertmanager body; all of them belong to its group. */
export function noticesOf(body: AlertmanagerBody): Notice[] {
  return body.alerts.map(({ status, labels, annotations, startsAt, fingerprint }) => ({
    group: body.groupKey,
    fingerprint,
    name: labels.alertname ?? 'Alert',
    resource: labels.instance ?? labels.host ?? labels.node ?? labels.pod ?? null,
    severity: severityOf(labels.severity ?? 'warning'),
    state: status === 'firing' ? 'firing' : 'recovered',
    summary: annotations.summary ?? annotations.description ?? annotations.message ?? null,
    service: labels.service ?? null,
    labels,
    started_at: startsAt ?? null,
  }));
}
