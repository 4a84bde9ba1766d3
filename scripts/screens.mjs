// npm run screens: takes the pictures for the README and the guide.
import { ensureBundles, ensurePackages, run } from './setup.mjs';

ensurePackages();
ensureBundles(['server', 'web', 'screens']);
await run('screens.js');
