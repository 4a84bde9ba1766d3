import { show } from '../../../commons/reading';
import type { Context } from '../../../kernel/command';
import { one, type Row, sql } from '../../../kernel/database';
import { contentOf } from './agreement';
import { type PlainLanguage, plainWords } from './plain-words.rules';

/** An agreement as it is written now, in plain sentences; names the caller may not see are left unsaid. */
export async function readPlainWords(context: Context, record: Row, language: PlainLanguage) {
  const content = contentOf(record);
  const { service_id, organization_id, department } = content.match;
  const ids = [
    content.calendar_id,
    service_id,
    organization_id,
    department,
    record.accepted_by_id as string | null,
    ...content.parties,
    ...content.targets.map(({ team_id }) => team_id),
    ...content.escalations.flatMap((step) => [step.person_id, step.calendar_id]),
  ].filter((id) => typeof id === 'string');
  const shown = await show(context, ids);
  const hidden = language === 'de' ? 'jemand, den Sie nicht sehen dürfen' : 'somebody you may not see';
  const nameOf = (id: string) => shown.get(id)?.name ?? hidden;
  const zone = await one<{ timezone: string }>(
    context.db,
    sql`select timezone from calendar where id = ${content.calendar_id}::uuid`,
  );
  const accepted = record.accepted_at as Date | null;
  const sentences = plainWords(
    {
      number: String(record.number),
      version: Number(record.agreement_version),
      state: String(record.state),
      content,
      nameOf,
      calendar: { name: nameOf(content.calendar_id), timezone: zone!.timezone },
      accepted: accepted
        ? { by: nameOf(String(record.accepted_by_id)), on: accepted.toISOString().slice(0, 10) }
        : null,
    },
    language,
  );
  return { language, title: content.name, sentences };
}
