// Makes the bundles named on the command line (all of the product's without names).
import { ensurePackages, makeBundles } from './setup.mjs';

const names = process.argv.slice(2);
ensurePackages();
await makeBundles(names.length > 0 ? names : ['server', 'cli', 'web']);
