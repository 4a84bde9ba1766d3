import type { Verb } from '../../kernel/command';
import { type Db, one, type Row, rows, sql } from '../../kernel/database';
import { invalid } from '../../kernel/refusal';
import { say } from '../../kernel/sentence.contract';

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Folds the addresses of an input and refuses what is none. */
export function checkAddresses(input: Row): void {
  const folded = (field: string, text: string) => {
    const address = text.trim().toLowerCase();
    if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw invalid(field, say`This is not an e-mail address.`);
    return address;
  };
  if (typeof input.email === 'string') input.email = folded('email', input.email);
  if (Array.isArray(input.further_emails))
    input.further_emails = [...new Set(texts(input.further_emails).map((text) => folded('further_emails', text)))];
}

/** The person an address belongs to, be it their first or a further one. */
export function personAt(db: Db, address: string) {
  return one<{ id: string; email: string | null; language: string | null }>(
    db,
    sql`select p.id, p.email, p.language from person p join record r on r.id = p.id
        where (p.email = ${address} or p.further_emails @> array[${address}]::text[]) and r.state = 'active'
        order by p.email = ${address} desc limit 1`,
  );
}

/**
 * An address leads to one person, be it their first or a further one. Two first ones are told apart by the database;
 * this looks at the rest. A card that names a further address of somebody means them and does not change their first.
 */
export function withOwnAddresses(verb: Verb): Verb {
  return {
    ...verb,
    facts: async (context, items) => {
      const asked = items.flatMap(({ input }) => {
        const given: Row = { email: input.email, further_emails: input.further_emails };
        return [given.email, ...texts(given.further_emails)].filter((text) => typeof text === 'string');
      });
      const folded = [...new Set(asked.map((text) => text.trim().toLowerCase()))];
      const known =
        folded.length === 0
          ? []
          : await rows<{ id: string; name: string; email: string | null; further_emails: string[] }>(
              context.db,
              sql`select p.id, r.title as name, p.email, p.further_emails from person p join record r on r.id = p.id
                  where p.email = any(${folded}::text[]) or p.further_emails && ${folded}::text[]`,
            );
      return new Map(items.map(({ key }) => [key, known.filter(({ id }) => id !== key)])) as never;
    },
    decide: (record, given, others, context) => {
      const input = { ...given };
      const mine = texts(record.further_emails);
      const email = typeof input.email === 'string' ? input.email.trim().toLowerCase() : undefined;
      if (context.actor.kind === 'import' && email && mine.includes(email)) delete input.email;
      const outcome = verb.decide(record, input, undefined as never, context);
      for (const other of (others as unknown as { name: string; email: string | null; further_emails: string[] }[]) ??
        []) {
        if (email && other.further_emails.includes(email))
          throw invalid('email', say`${other.name} is known by this address too.`);
        const taken = texts(input.further_emails)
          .map((text) => text.trim().toLowerCase())
          .find((address) => other.email === address || other.further_emails.includes(address));
        if (taken) throw invalid('further_emails', say`${other.name} has the address ${taken}.`);
      }
      return outcome;
    },
  };
}
