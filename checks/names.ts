import { zoneOf } from './house';
import { type Check, type Findings, isTest, matches, type SourceFile, type Tree } from './tree';

const fileName = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|mjs|css|html|sql|json)$/;
const directoryName = /^\.?[a-z0-9]+(-[a-z0-9]+)*$/;

const emptyWord = /(^|-)(manager|managers|helper|helpers|util|utils|impl|dto|dtos)(\.|$)/;

const pascalName = /\b(?:class|interface|type|enum|function|const)\s+([A-Z][A-Za-z0-9]*)/;
const emptyEnd = /[a-z0-9](Manager|Helper|Helpers|Util|Utils|Base|Impl|DTO|Dto)$/;
const serviceEnd = /[a-z0-9]Service$/;

/** Words with one meaning in this house. The parts without service management must find others. */
const reserved = ['service', 'event', 'problem', 'request', 'release', 'asset', 'incident', 'practice', 'portfolio'];
const reservedFile = new RegExp(`(^|-)(${reserved.join('|')})s?(-|\\.|$)`);

function pathFindings(file: SourceFile): string[] {
  const parts = file.path.split('/');
  const last = parts.at(-1) as string;
  const findings: string[] = [];
  if (!fileName.test(last)) findings.push(`${file.path} is not named in kebab-case.`);
  for (const part of parts.slice(0, -1)) {
    if (!directoryName.test(part)) findings.push(`${file.path}: the directory "${part}" is not named in kebab-case.`);
  }
  const word = emptyWord.exec(last)?.[2];
  if (word) findings.push(`${file.path}: "${word}" says nothing; name the file after what it does.`);
  const isPlain = zoneOf(file.path).kind === 'kernel' || file.path.startsWith('src/web/kit/');
  const taken = isPlain ? reservedFile.exec(last)?.[2] : undefined;
  if (taken) findings.push(`${file.path}: "${taken}" means only the thing of service management.`);
  return findings;
}

function declared(tree: Tree, file: SourceFile): string[] {
  const { code } = tree.scan(file);
  const findings: string[] = [];
  for (const { match, line } of matches(code, pascalName)) {
    const name = match[1] as string;
    const isEmpty = emptyEnd.test(name) || (serviceEnd.test(name) && file.path.endsWith('.ts'));
    if (isEmpty) findings.push(`${file.path}:${line} "${name}" has an ending that says nothing.`);
    if (zoneOf(file.path).kind !== 'kernel') continue;
    const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
    const taken = words.find((word) => reserved.includes(word));
    if (taken) findings.push(`${file.path}:${line} "${name}": the kernel bears no word of service management.`);
  }
  return findings;
}

/** Names of files, directories and types. */
export const names: Check = {
  name: 'names',
  run: (tree): Findings => {
    const files = tree.select(/^(src|db|checks|test|bench|scripts)\/.*\.(ts|tsx|mjs|css|html|sql|json)$/);
    const typed = files.filter((file) => /\.tsx?$/.test(file.path) && !isTest(file.path));
    return {
      read: typed.length,
      findings: [...files.flatMap(pathFindings), ...typed.flatMap((one) => declared(tree, one))],
    };
  },
};
