import { expect } from 'vitest';
import type { Answer, Caller, Door, Json } from './door';

/** The record an answer bears; fails with what was answered where it is a refusal. */
export const ok = (answer: Answer): Json => {
  expect([200, 201], answer.text).toContain(answer.status);
  return answer.body;
};

/** What tests of action rules do again and again: a rule of Cho's made by Ada, an incident of Rita's logged by Sam. */
export function actingRules(at: () => Door) {
  const made: string[] = [];
  const as = (who: string): Promise<Caller> => at().as(who);
  return {
    /** Numbers of what was made and not retired yet. */
    made: made as readonly string[],
    /** Makes a rule and switches it on, where not told otherwise. */
    async make(more: object, on = true): Promise<Json> {
      const ada = await as('ada');
      const rule = ok(
        await ada.post('/action-rules', { name: 'Rule', occasion: 'logged', owner_id: 'cho@x.test', ...more }),
      );
      expect(rule.state).toBe('draft');
      if (on) ok(await ada.post(`/action-rules/${rule.number}/activate`));
      made.push(rule.number);
      return rule;
    },
    /** Retires every rule that was made so far. */
    async retireAll(): Promise<void> {
      const ada = await as('ada');
      for (const number of made.splice(0)) ok(await ada.post(`/action-rules/${number}/retire`, {}));
    },
    /** Logs an incident and lets everything due by then happen; answers its number. */
    async log(input: object = {}, who?: Caller): Promise<string> {
      const caller = who ?? (await as('sam'));
      const { number } = ok(
        await caller.post('/incidents', { title: 'It fails', requester_id: 'rita@x.test', ...input }),
      );
      await at().story.catchUp();
      return number;
    },
  };
}
