// npm run bench: the measurements in bench/main.ts, against the bundled product.
import { ensureBundles, ensurePackages, run } from './setup.mjs';

ensurePackages();
ensureBundles(['server', 'cli', 'web', 'bench']);
await run('bench.js');
