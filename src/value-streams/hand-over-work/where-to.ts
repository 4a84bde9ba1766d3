import { actorsOf, type OpenWork, openWorkOf } from '../../commons/people';
import type { Context } from '../../kernel/command';
import { among, type Row, rows, sql } from '../../kernel/database';
import { load } from '../../kernel/load';
import { type Sentence, say } from '../../kernel/sentence.contract';
import { type AssignmentRule, candidatesOf, rulesFor } from '../../practices/operation/incident';
import { type Colleague, type Share, shareOut } from './share-out.rules';

/** One record and the input of its `pass`. */
export interface Passing {
  readonly type: string;
  readonly id: string;
  readonly input: Row;
}

/**
 * Where the open work of one who is away or has left goes, as far as the caller sees it: it stays in its team; what has
 * none goes to the team its assignment rule names. Names of people are left out of the reasons, as history lasts.
 */
export async function whereTo(context: Context, personId: string, because: Sentence): Promise<Passing[]> {
  const work = await openWorkOf(context, [personId]);
  if (work.length === 0) return [];
  const rules = await rulesOf(context, work);
  const orphans = work.map((one) => ({ ...one, team_id: one.team_id ?? rules.get(one.id)?.team_id ?? null }));
  const ids = [...new Set(orphans.flatMap(({ team_id }) => team_id ?? []))];
  const teams = await teamsWithout(context, ids, personId);
  const names = await namesOf(context, ids);
  const shares = shareOut(orphans, teams, context.now.getTime());
  return orphans.map((orphan, at) => {
    const share = shares.get(orphan.id)!;
    const rule = work[at]!.team_id === null ? rules.get(orphan.id) : undefined;
    const team = orphan.team_id ? { id: orphan.team_id, name: names.get(orphan.team_id) ?? '' } : null;
    return {
      type: orphan.type,
      id: orphan.id,
      input: {
        ...(rule ? { team_id: rule.team_id } : {}),
        assignee_id: share.person?.id ?? null,
        why: whyOf(because, team, rule, share),
      },
    };
  });
}

function whyOf(
  because: Sentence,
  team: { id: string; name: string } | null,
  rule: AssignmentRule | undefined,
  share: Share,
): Row {
  if (!team) return { rule: String(say`${because} It has no team: it waits for the desk.`) };
  return {
    rule: String(
      rule
        ? say`${because} ${rule.number}, ${rule.name}: ${team.name} takes it.`
        : share.person
          ? say`${because} ${team.name} shares it out among those who are there.`
          : say`${because} Nobody of ${team.name} is there now: it waits in the team.`,
    ),
    ...(rule ? { rule_id: rule.id } : {}),
    team,
    person: share.person ? { id: share.person.id } : null,
    chosen: String(
      share.person
        ? say`has the fewest open incidents of those who are there`
        : say`nobody of the team is there now: it waits in the team`,
    ),
    alternatives: share.alternatives,
  };
}

/** The rule of each incident that has no team. */
async function rulesOf(context: Context, work: readonly OpenWork[]): Promise<Map<string, AssignmentRule>> {
  const teamless = work.filter(({ type, team_id }) => type === 'incident' && team_id === null);
  if (teamless.length === 0) return new Map();
  const incidents = await load(
    context,
    context.house.types.get('incident')!,
    teamless.map(({ id }) => id),
  );
  const found = await rulesFor(context, incidents);
  return new Map(
    incidents.flatMap(({ id }, at) => {
      const rule = found[at];
      return rule ? [[String(id), rule] as const] : [];
    }),
  );
}

async function teamsWithout(context: Context, ids: readonly string[], personId: string) {
  if (ids.length === 0) return new Map<string, Colleague[]>();
  const candidates = await candidatesOf(context, ids);
  const members = [...new Set([...candidates.values()].flat().map(({ id }) => id))];
  const handles = new Map((await actorsOf(context.db, members)).map((one) => [one.id, one.handles]));
  const teams = new Map<string, Colleague[]>();
  for (const [team, all] of candidates)
    teams.set(
      team,
      all.filter(({ id }) => id !== personId).map((one) => ({ ...one, handles: handles.get(one.id) ?? [] })),
    );
  return teams;
}

async function namesOf(context: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ id: string; title: string }>(
    context.db,
    sql`select id, title from record where id ${among(ids)}`,
  );
  return new Map(found.map(({ id, title }) => [id, title]));
}
