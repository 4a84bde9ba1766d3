// npm run dev: the server, made and started again at every change, and vite with live reload on its own port.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { ensureBundles, ensurePackages, root, say, staleBundles } from './setup.mjs';

ensurePackages();
ensureBundles(['server', 'web']);

let server = null;
let ending = false;

function startServer() {
  server = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', 'server.js')], {
    cwd: root,
    stdio: 'inherit',
  });
  server.once('exit', (code) => {
    server = null;
    if (!ending && code) say(`The server ended with ${code}; it starts again at the next change.`);
  });
}

async function restart() {
  if (staleBundles(['server']).length === 0) return;
  const builder = spawn(process.execPath, [join(root, 'scripts', 'build.mjs'), 'server'], { stdio: ['ignore', 2, 2] });
  const code = await new Promise((resolve) => builder.once('exit', resolve));
  if (code !== 0) return;
  if (server) {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await gone;
  }
  startServer();
}

let soon = null;
for (const directory of ['src', 'db'].map((name) => join(root, name)).filter((path) => existsSync(path))) {
  watch(directory, { recursive: true }, () => {
    clearTimeout(soon);
    soon = setTimeout(() => void restart(), 200);
  });
}

startServer();
const vite = spawn(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js')], {
  cwd: root,
  stdio: 'inherit',
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    vite.kill(signal);
    if (!server) process.exit(0);
    server.once('exit', () => process.exit(0));
    server.kill('SIGTERM');
  });
}
