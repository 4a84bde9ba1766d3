import { readFileSync } from 'node:fs';
import { summarise, verify } from '../../../practices/design/service-level';
import { type CliVerb, Usage } from '../verb';

/** `clocks verify`: cases of working time and promises against our own engine. Needs no database. */
export const clocks: CliVerb = {
  name: 'clocks',
  usage: 'clocks verify <vectors.json…>',
  what: 'evaluates time cases; prints passed and failed per kind and the failing ids',
  async run(cli) {
    const [verb, ...files] = cli.args;
    if (verb !== 'verify' || files.length === 0) throw new Usage('Name the files: clocks verify <vectors.json…>.');
    const cases: unknown[] = [];
    for (const file of files) {
      try {
        const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
        if (!Array.isArray(read)) throw new Error('it is not a list of cases');
        // Notes that lie beside the cases come with `*.json`; a list in which anything says it is a case is one of cases.
        if (read.length > 0 && read.every(isNote)) cli.err(`${file} holds notes and no cases: it is left out.`);
        else cases.push(...read);
      } catch (error) {
        cli.err(`${file} cannot be read: ${(error as Error).message}.`);
        return 1;
      }
    }
    if (cases.length === 0) {
      cli.err('There is no case in these files.');
      return 1;
    }
    const kinds = summarise(verify(cases));
    for (const kind of kinds) {
      cli.out(`${kind.kind}: ${kind.passed} passed, ${kind.failed} failed\n`);
      for (const id of kind.failing_ids) cli.out(`  ${id}\n`);
    }
    return kinds.some((kind) => kind.failed > 0) ? 1 : 0;
  },
};

/** Tells of a case elsewhere, by its name. */
const isNote = (one: unknown): boolean =>
  typeof one === 'object' &&
  one !== null &&
  typeof (one as { vector?: unknown }).vector === 'string' &&
  !('kind' in one);
