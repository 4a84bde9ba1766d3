import { z } from 'zod';
import { wrong } from '../../../kernel/sentence.contract';

/** The words of alerts that server and screen share. */
export const severities = ['critical', 'major', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export const forms = ['alertmanager', 'mapped'] as const;
export const recoveries = ['resolve', 'propose'] as const;

const expression = z
  .string(wrong`This must be an expression.`)
  .max(1000, wrong`An expression has at most 1,000 characters.`);

/** Expressions from a body to an alert. `each` finds the list of alerts in the body; without it the body is one alert. */
export const mapping = z.strictObject(
  {
    each: expression.optional(),
    resource: expression.optional(),
    name: expression,
    severity: expression.optional(),
    state: expression,
    fingerprint: expression,
    group: expression.optional(),
    summary: expression.optional(),
    service: expression.optional(),
  },
  {
    error: 'A mapping names expressions: each, resource, name, severity, state, fingerprint, group, summary, service.',
  },
);
export type Mapping = z.infer<typeof mapping>;
export const mappedParts = Object.keys(mapping.shape) as (keyof Mapping)[];

/** One alert as a body tells it, whatever the form of the body. */
export interface Notice {
  readonly group: string;
  readonly fingerprint: string;
  readonly name: string;
  readonly resource: string | null;
  readonly severity: Severity;
  readonly state: 'firing' | 'recovered';
  readonly summary: string | null;
  /** The name of the service it is about, as its source calls it. */
  readonly service: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** RFC 3339; null when the source does not say. */
  readonly started_at: string | null;
}

const texts = z.record(z.string(), z.string());

/** The body of Alertmanager's webhook, version 4: what is read of it. */
export const alertmanagerBody = z.object({
  groupKey: z.string(wrong`groupKey must be a text.`).min(1, wrong`groupKey must not be empty.`).max(10_000),
  alerts: z
    .array(
      z.object({
        status: z.enum(['firing', 'resolved'], 'status is firing or resolved.'),
        labels: texts,
        annotations: texts.default({}),
        startsAt: z.string().optional(),
        fingerprint: z.string(wrong`fingerprint must be a text.`).min(1).max(500),
      }),
      'alerts must be a list.',
    )
    .min(1, wrong`alerts must not be empty.`)
    .max(2_000, wrong`At most 2,000 alerts are possible in one body.`),
});
export type AlertmanagerBody = z.infer<typeof alertmanagerBody>;
