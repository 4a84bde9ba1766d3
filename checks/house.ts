import type { Tree } from './tree';

/** The order of the house, from `throughline.json`. */
export type Order = { floors: string[]; practices: string[]; valueStreams: string[] };

export function readOrder(tree: Tree): Order {
  const text = tree.file('throughline.json')?.text;
  return { floors: [], practices: [], valueStreams: [], ...(text ? (JSON.parse(text) as Partial<Order>) : {}) };
}

/** A part of the house. `name` tells parts of one kind apart: `operation/incident`, `restore-service`, `http`. */
export type Zone = {
  kind:
    | 'main'
    | 'house'
    | 'demonstration'
    | 'kernel'
    | 'commons'
    | 'practice'
    | 'stream'
    | 'view'
    | 'channel'
    | 'web'
    | 'ui'
    | 'db'
    | 'tools'
    | 'unknown';
  name: string;
};

const stem = (part: string | undefined): string => (part ?? '').replace(/\.(test\.)?tsx?$/, '').split('.')[0] as string;

/** In which part of the house a path lies. */
export function zoneOf(path: string): Zone {
  const parts = path.split('/');
  if (parts[0] === 'db') return { kind: 'db', name: '' };
  if (parts[0] !== 'src') return { kind: 'tools', name: parts[0] ?? '' };
  if (parts[1] === 'main.ts') return { kind: 'main', name: '' };
  // Beside main: settings, the registry of all nouns and verbs, the opened database; the channels share them.
  if (parts.length === 2) return { kind: 'house', name: '' };
  if (parts[1] === 'web') return { kind: 'web', name: '' };
  if (parts.slice(2, -1).includes('ui')) return { kind: 'ui', name: parts.slice(1, parts.indexOf('ui')).join('/') };
  switch (parts[1]) {
    case 'kernel':
      return { kind: 'kernel', name: '' };
    case 'commons':
      return { kind: 'commons', name: stem(parts[2]) };
    case 'practices':
      return { kind: 'practice', name: `${parts[2]}/${parts[3]}` };
    case 'value-streams':
      return { kind: 'stream', name: stem(parts[2]) };
    case 'views':
      return { kind: 'view', name: stem(parts[2]) };
    case 'demonstration':
      return { kind: 'demonstration', name: '' };
    case 'channels':
      return { kind: 'channel', name: stem(parts[2]) };
    default:
      return { kind: 'unknown', name: parts[1] ?? '' };
  }
}

export const isContract = (path: string): boolean => /\.contract\.ts$/.test(path);
export const isRules = (path: string): boolean => /\.rules\.ts$/.test(path);

/** How a part is called in a sentence. */
export function called(zone: Zone): string {
  const names: Record<Zone['kind'], string> = {
    main: 'the composition root',
    house: 'the composition',
    demonstration: 'the demonstration organisation',
    kernel: 'the kernel',
    commons: `the commons (${zone.name})`,
    practice: `the practice ${zone.name}`,
    stream: `the value stream ${zone.name}`,
    view: `the view ${zone.name}`,
    channel: `the channel ${zone.name}`,
    web: 'the web application',
    ui: `the screens of ${zone.name}`,
    db: 'the database tools',
    tools: zone.name,
    unknown: `src/${zone.name}, which is no part of the house`,
  };
  return names[zone.kind];
}
