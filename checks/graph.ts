import { dirname, join } from 'node:path/posix';
import type { Import } from './scan';
import { isTest, type SourceFile, type Tree } from './tree';

/** One import of one file: to another file of the repository, to a package, or to nothing that is there. */
export type Edge = { file: SourceFile; statement: Import } & (
  | { kind: 'file'; to: string }
  | { kind: 'package'; name: string }
  | { kind: 'lost' }
);

const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx', '.mjs', '.d.ts'];

/** `@scope/name` or `name` of what stands in an import; node's own modules keep their prefix. */
function packageOf(from: string): string {
  if (from.startsWith('node:')) return from;
  const parts = from.split('/');
  return from.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
}

function resolve(paths: Set<string>, file: SourceFile, statement: Import): Edge {
  const { from } = statement;
  if (!from.startsWith('.')) return { file, statement, kind: 'package', name: packageOf(from) };
  const plain = from.split('?')[0] as string;
  const target = join(dirname(file.path), plain);
  const found = endings.map((ending) => target + ending).find((path) => paths.has(path));
  if (found) return { file, statement, kind: 'file', to: found };
  // A picture or a font is not read as text and still there; tsc and vite see to it that it is.
  if (/\.(svg|png|woff2|webp|ico)$/.test(plain)) return { file, statement, kind: 'file', to: target };
  return { file, statement, kind: 'lost' };
}

/** All imports of the product's TypeScript; those of tests are left out. */
export function edgesOf(tree: Tree): { files: SourceFile[]; edges: Edge[] } {
  const files = tree.select(/^(src|db|bench|checks|test)\/.*\.tsx?$/).filter((file) => !isTest(file.path));
  const paths = new Set(tree.files.map((file) => file.path));
  const edges = files.flatMap((file) => tree.scan(file).imports.map((statement) => resolve(paths, file, statement)));
  return { files, edges };
}

/** The circles among files: each strongly connected set once, told as one way round. Types count like values. */
export function circles(edges: Edge[]): string[][] {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    if (edge.kind !== 'file') continue;
    next.set(edge.file.path, [...(next.get(edge.file.path) ?? []), edge.to]);
  }
  const done = new Set<string>();
  const found: string[][] = [];
  const inCircle = new Set<string>();
  const visit = (path: string, way: string[], onWay: Set<string>): void => {
    for (const to of next.get(path) ?? []) {
      if (onWay.has(to)) {
        const circle = way.slice(way.indexOf(to));
        if (!circle.some((one) => inCircle.has(one))) found.push([...circle, to]);
        for (const one of circle) inCircle.add(one);
      } else if (!done.has(to)) {
        onWay.add(to);
        visit(to, [...way, to], onWay);
        onWay.delete(to);
      }
    }
    done.add(path);
  };
  for (const path of [...next.keys()].sort()) if (!done.has(path)) visit(path, [path], new Set([path]));
  return found;
}
