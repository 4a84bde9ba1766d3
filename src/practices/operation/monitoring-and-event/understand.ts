import type { Row } from '../../../kernel/database';
import { asIs, type Sentence, say } from '../../../kernel/sentence.contract';
import { mapBody, Unmapped } from './mapping';
import { alertmanagerBody, type Mapping, type Notice } from './monitoring.contract';
import { noticesOf } from './notice.rules';

/** What a body says by the form of its source, or why it says nothing. */
export type Understood = { readonly notices: Notice[] } | { readonly problem: Sentence };

/** Reads a body as its source is set up to be read. Never throws for what a body may hold. */
export function understand(source: Pick<Row, 'form' | 'mapping'>, body: unknown): Understood {
  if (source.form === 'alertmanager') {
    const parsed = alertmanagerBody.safeParse(body);
    if (parsed.success) return { notices: noticesOf(parsed.data).map(tidy) };
    const [issue] = parsed.error.issues;
    return { problem: say`${issue!.path.join('.') || 'body'}: ${asIs(issue!.message)}` };
  }
  try {
    return { notices: mapBody(source.mapping as Mapping, body).map(tidy) };
  } catch (problem) {
    if (problem instanceof Unmapped) return { problem: problem.sentence };
    throw problem;
  }
}

/** No longer than what keeps it, and without what cannot be stored. */
const short = (text: string, most: number) => text.replaceAll('\u0000', '').toWellFormed().slice(0, most);

function tidy(notice: Notice): Notice {
  return {
    ...notice,
    group: short(notice.group, 10_000),
    fingerprint: short(notice.fingerprint, 500),
    name: short(notice.name, 200),
    resource: notice.resource === null ? null : short(notice.resource, 300),
    summary: notice.summary === null ? null : short(notice.summary, 2_000),
    service: notice.service === null ? null : short(notice.service, 300),
    labels: Object.fromEntries(
      Object.entries(notice.labels)
        .slice(0, 60)
        .map(([name, value]) => [short(name, 200), short(value, 1_000)]),
    ),
  };
}
