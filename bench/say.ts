/** Everything but the result goes to stderr. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
