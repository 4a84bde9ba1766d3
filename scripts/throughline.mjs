// npm run throughline -- <verb>: packages, the bundle, then the command line in this process.
import { ensureBundles, ensurePackages, run } from './setup.mjs';

ensurePackages();
ensureBundles(['cli']);
await run('cli.js');
