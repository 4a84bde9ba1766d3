import { type Check, type Findings, matches } from './tree';

/** Written in pieces, so that this file does not find itself. */
const words = (...pieces: string[][]): string => pieces.map((piece) => piece.join('')).join('|');

const leftover: { pattern: RegExp; sentence: string }[] = [
  {
    pattern: new RegExp(`\\b(?:${words(['TO', 'DO'], ['FIX', 'ME'], ['X', 'XX'], ['HA', 'CK'])})\\b`),
    sentence: 'what is to be done stands in the issues',
  },
  { pattern: new RegExp(`\\b${words(['not', ' implemented'])}\\b`, 'i'), sentence: 'half a thing is no thing' },
  {
    pattern: new RegExp(
      `\\b(?:test|it|describe|suite|bench)\\.(?:${words(['on', 'ly'], ['sk', 'ip'], ['to', 'do'])})\\b`,
    ),
    sentence: 'a test is neither singled out nor laid aside; say why with context.skip(reason)',
  },
  {
    pattern: new RegExp(words(['biome-', 'ignore'], ['@ts-', 'nocheck'], ['@ts-', 'ignore'], ['eslint-', 'disable'])),
    sentence: 'a tool is not silenced',
  },
  {
    pattern: new RegExp(`(?<![\\w.])(?:${words(['/wo', 'rk/'], ['/ro', 'ot/'], ['/ho', 'me/'])})`),
    sentence: 'a path of one machine',
  },
];

/** Nothing half-done, silenced or of one machine only is left behind. */
export const leftovers: Check = {
  name: 'leftovers',
  run: (tree): Findings => {
    const files = tree
      .select(/\.(ts|tsx|mjs|css|html|sql|md)$/)
      .filter((file) => !file.path.startsWith('frameworks/') && !/^checks\/.*\.test\.ts$/.test(file.path));
    const findings = files.flatMap(({ path, text }) =>
      leftover.flatMap(({ pattern, sentence }) =>
        [...matches(text, pattern)].map(({ match, line }) => `${path}:${line} ${sentence}: ${match[0]}`),
      ),
    );
    return { read: files.length, findings };
  },
};
