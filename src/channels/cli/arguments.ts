import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Usage } from './verb';

/** Reads options; wrong ones are wrong usage, in a sentence. */
export function readArgs<T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Usage((error as Error).message.split('\n')[0]);
  }
}

export function needed(value: string | undefined, option: string): string {
  if (!value) throw new Usage(`--${option} is needed.`);
  return value;
}
