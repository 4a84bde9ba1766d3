// npm run check: types, lint and the rules of the house; needs no database.
import { houseChecks } from './house-checks.mjs';
import { ensurePackages } from './setup.mjs';

ensurePackages();
const { passed, failed } = await houseChecks();
console.log(`${passed} checks hold, ${failed} are broken`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
