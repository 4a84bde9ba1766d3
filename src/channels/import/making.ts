import type { Context } from '../../kernel/command';
import type { Row } from '../../kernel/database';
import { performOne } from '../../kernel/perform';
import { lookUp } from '../../kernel/references';

/** Makes one record through the door and answers its id. */
export async function create(context: Context, type: string, input: Row): Promise<string> {
  const { record } = await performOne(context, context.house.verbs.get(`${type}.create`)!, { input });
  return String(record.id);
}

/** The id of the one record of this type with this number, key or name. */
export async function named(context: Context, type: string, text: string): Promise<string | undefined> {
  const ask = { to: [type], text };
  const id = (await lookUp(context, [ask]))(ask);
  return id && id !== 'several' ? id : undefined;
}
