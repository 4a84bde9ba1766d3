import type { Check, Findings } from './tree';

/** Above this many lines a file tells more than one thing. */
const limit = 400;

/** Every file can be read in one go. */
export const size: Check = {
  name: 'size',
  run: (tree): Findings => {
    const files = tree
      .select(/\.(ts|tsx|mjs|css|sql)$/)
      .filter((file) => !file.path.startsWith('db/migrations/') && !file.path.startsWith('frameworks/'));
    const findings = files.flatMap(({ path, text }) => {
      const lines = text.replace(/\n$/, '').split('\n').length;
      return lines > limit ? [`${path} has ${lines} lines; ${limit} is the limit.`] : [];
    });
    return { read: files.length, findings };
  },
};
