// What every command needs before it can do its work: installed packages and fresh bundles. Plain Node only, since this
// runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const dist = join(root, 'dist');

/** Everything a person should know about set-up goes to stderr: stdout belongs to what was asked for. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends the program with one sentence. */
export function fail(sentence, code = 1) {
  say(sentence);
  process.exit(code);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 20)) {
    fail(`Throughline needs Node 20.20 or newer; this is ${process.versions.node}.`);
  }
}

/** Names a package that the lock file wants and the installed tree lacks, or null when all stands. */
function missingPackage() {
  const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return 'node_modules';
  const wanted = read('package-lock.json');
  const installed = read('node_modules/.package-lock.json');
  for (const [place, { version, optional, devOptional, link }] of Object.entries(wanted)) {
    // Optional packages depend on the system; a link has no version of its own.
    if (place === '' || optional || devOptional || link) continue;
    if (installed[place]?.version !== version) return place.replace(/^.*node_modules\//, '');
  }
  return null;
}

/** Installs the packages of the lock file when one is missing. No package's install script is run. */
export function ensurePackages() {
  requireNode();
  const missing = missingPackage();
  if (missing === null) return;
  const directory = join(root, 'node_modules');
  if (lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail(`The package "${missing}" is missing, and node_modules is a link: run "npm ci" where it leads to.`);
  }
  say('Installing the packages …');
  const began = performance.now();
  const words = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, words, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    fail('The packages could not be installed; npm says why above. Is the package registry within reach?');
  }
  say(`Packages installed in ${seconds(began)}.`);
}

export const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

const isSource = /\.(ts|tsx|css|html|json|svg|png|woff2|ico|webmanifest|txt|md)$/;
const isTest = /\.test\.tsx?$/;

function walk(directory, found = []) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) walk(path, found);
    else if (isSource.test(entry.name) && !isTest.test(entry.name)) found.push(path);
  }
  return found;
}

const slashed = (path) => relative(root, path).split(sep).join('/');
const isScreen = (path) => /^src\/web\/|\/ui\//.test(path);
const isShared = (path) => /\.(contract|rules)\.ts$/.test(path);

/** A digest over the contents of files and the versions of all packages. */
function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort())
    hash
      .update(`${slashed(path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return hash.digest('hex');
}

const present = (paths) => paths.map((path) => join(root, path)).filter((path) => existsSync(path));

/** The bundles: what goes in, what comes out, how it is made. The import rules see to it that the inputs are right. */
function bundles() {
  const all = present(['src', 'db', 'frameworks']).flatMap((directory) => walk(directory));
  const common = present(['package-lock.json', 'throughline.json', 'tsconfig.json', 'scripts/setup.mjs']);
  const ofServer = [...all.filter((path) => !isScreen(slashed(path))), ...common];
  const ofScreens = all.filter((path) => isScreen(slashed(path)) || isShared(slashed(path)));
  return [
    { name: 'server', entry: 'src/main.ts', out: 'server.js', inputs: ofServer, make: bundle },
    { name: 'cli', entry: 'src/channels/cli/main.ts', out: 'cli.js', inputs: ofServer, make: bundle },
    { name: 'bench', entry: 'bench/main.ts', out: 'bench.js', inputs: [...ofServer, ...inside('bench')], make: bundle },
    {
      name: 'checks',
      entry: 'checks/main.ts',
      out: 'checks.js',
      inputs: [...inside('checks'), ...common],
      make: bundle,
    },
    {
      name: 'screens',
      entry: 'scripts/screens/main.ts',
      out: 'screens.js',
      inputs: [...all, ...inside('scripts'), ...common],
      make: bundle,
    },
    {
      name: 'web',
      entry: 'src/web/index.html',
      out: 'web',
      inputs: [...ofScreens, ...common, ...present(['vite.config.ts'])],
      make: bundleWeb,
    },
  ];
}

function inside(directory) {
  return existsSync(join(root, directory)) ? walk(join(root, directory)) : [];
}

/** One file of our own code; packages are loaded from node_modules. */
async function bundle({ entry, out }) {
  const { build, stop } = await import('esbuild');
  const draft = join(dist, `.${process.pid}-${out}`);
  await build({
    entryPoints: [join(root, entry)],
    outfile: draft,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
  });
  await stop();
  renameSync(draft, join(dist, out));
}

async function bundleWeb({ out }) {
  // A test run sets another value, with which the development edition of React would be built in.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  const draft = join(dist, `.${process.pid}-${out}`);
  const configFile = join(root, 'vite.config.ts');
  await build({
    root: join(root, 'src', 'web'),
    configFile: existsSync(configFile) ? configFile : false,
    logLevel: 'warn',
    build: { outDir: draft, emptyOutDir: true },
  });
  rmSync(join(dist, out), { recursive: true, force: true });
  renameSync(draft, join(dist, out));
}

const marker = (name) => join(dist, `.${name}.digest`);

function isFresh({ name, out, digest }) {
  return existsSync(join(dist, out)) && existsSync(marker(name)) && readFileSync(marker(name), 'utf8') === digest;
}

/** The bundles among `names` whose sources changed since they were made; those without an entry file are left out. */
export function staleBundles(names) {
  return bundles()
    .filter(({ name, entry }) => names.includes(name) && existsSync(join(root, entry)))
    .map((one) => ({ ...one, digest: digestOf(one.inputs) }))
    .filter((one) => !isFresh(one));
}

/** Takes its turn: one process builds at a time; the mark of one that died is two minutes old and counts no more. */
async function inTurn(work) {
  const mark = join(dist, '.building');
  for (;;) {
    try {
      mkdirSync(mark);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const since = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > 120_000) rmSync(mark, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    await work();
  } finally {
    rmSync(mark, { recursive: true, force: true });
  }
}

/** Makes the bundles that are stale, in this process. */
export async function makeBundles(names) {
  mkdirSync(dist, { recursive: true });
  if (staleBundles(names).length === 0) return;
  await inTurn(async () => {
    for (const one of staleBundles(names)) {
      const began = performance.now();
      await one.make(one);
      writeFileSync(marker(one.name), one.digest);
      say(`Built ${one.name} in ${seconds(began)}.`);
    }
  });
}

/** Makes what is stale in a process of its own, so that the builder's memory is not carried along; exits on failure. */
export function ensureBundles(names) {
  if (staleBundles(names).length === 0) return;
  const done = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), ...names], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0) fail('The build failed; the reason stands above.');
}

/** Runs a bundle inside this process, as if it had been started by `node dist/<file>`. */
export async function run(file) {
  const path = join(dist, file);
  if (!existsSync(path)) fail(`There is nothing to run: ${relative(root, path)} was not built.`);
  process.setSourceMapsEnabled(true);
  process.argv[1] = path;
  await import(new URL(`file://${path.split(sep).join('/')}`).href);
}
