import { automatic } from '../../kernel/actor';
import type { Afterwards } from '../../kernel/house';
import { perform } from '../../kernel/perform';
import { type Sentence, say } from '../../kernel/sentence.contract';
import {
  type Likeness,
  likeness,
  type OpenReport,
  openProposals,
  reportsSince,
} from '../../practices/operation/incident';

const windowMs = 15 * 60_000;
const enough = 3;
/** No list of reports on a proposal is longer: the reference field takes no more. */
const most = 200;

const minutes = windowMs / 60_000;
const alikeBy: Readonly<Record<Likeness, (reports: number) => Sentence>> = {
  component: (reports) => say`${reports} reports within ${minutes} minutes concern the same component.`,
  service: (reports) => say`${reports} reports within ${minutes} minutes concern the same service.`,
  text: (reports) => say`${reports} reports within ${minutes} minutes say much the same.`,
};

/**
 * The third report of the same within a quarter of an hour proposes a major incident to the desk, on the oldest of them;
 * every further one joins the proposal.
 */
export const similarReports: Afterwards = {
  name: 'similar reports',
  on: (line) => line.name === 'incident.logged' && line.actor_kind !== 'import',
  async react(context, lines) {
    const departments = [...new Set(lines.map((line) => line.after.department).filter((id) => typeof id === 'string'))];
    const oldest = Math.min(...lines.map((line) => new Date(String(line.after.opened_at)).getTime()));
    const since = new Date(oldest - windowMs);
    const known = await reportsSince(context.db, departments, since);
    const borne = await openProposals(
      context.db,
      'major',
      known.map(({ id }) => id),
      since,
    );
    const proposals = new Map<string, { lead: OpenReport; alike: OpenReport[]; why: Likeness; line: string }>();
    for (const line of lines) {
      const mine = known.find(({ id }) => id === line.record_id);
      if (!mine || mine.parent_id !== null || mine.major) continue;
      const near = known.filter(
        (one) =>
          one.department === mine.department &&
          one.parent_id === null &&
          !one.major &&
          Math.abs(one.opened_at.getTime() - mine.opened_at.getTime()) <= windowMs,
      );
      const alike = near.filter((one) => one.id === mine.id || likeness(mine, one) !== null);
      if (alike.length < enough) continue;
      const bearer = alike.map(({ id }) => borne.get(id)).find((id) => id !== undefined);
      const lead = known.find(({ id }) => id === bearer) ?? alike[0]!;
      const other = alike.find((one) => one.id !== mine.id)!;
      const all = [
        ...new Map([...alike, ...(proposals.get(lead.id)?.alike ?? [])].map((one) => [one.id, one])).values(),
      ];
      proposals.set(lead.id, { lead, alike: all, why: likeness(mine, other)!, line: line.id });
    }
    const propose = context.house.verbs.get('incident.propose')!;
    for (const { lead, alike, why, line } of proposals.values()) {
      const related = alike.map(({ id }) => id).filter((id) => id !== lead.id);
      const reason = String(alikeBy[why](related.length + 1));
      await perform(
        {
          ...context,
          actor: automatic('rule', 'Similar reports'),
          cause: { line },
          why: {
            rule: String(say`Three similar reports within 15 minutes propose a major incident.`),
            alike: why,
            reports: related,
          },
        },
        propose,
        [{ id: lead.id, input: { kind: 'major', reason, related: related.slice(0, most) } }],
      );
    }
  },
};
