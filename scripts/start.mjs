// npm start: packages, bundles, then the server in this very process, so that signals reach it directly.
import { ensureBundles, ensurePackages, run } from './setup.mjs';

ensurePackages();
ensureBundles(['server', 'web']);

// Should npm be killed outright, nobody would stop the server any more: it then drains by itself.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}

await run('server.js');
