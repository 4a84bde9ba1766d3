import type { Topic } from './notice.contract';

const promises = new Set(['warned', 'breached', 'escalated']);
const told = new Set(['missed', 'informed', 'ended']);
const spoken = new Set(['commented', 'noted']);
const called = new Set(['rule', 'fault', 'called', 'keeper']);
const given = new Set(['assigned', 'relieved', 'returned', 'retired']);

/**
 * What a message is about, as people choose it. `past` is what happened, `reason` why they are told; on a major incident
 * only what is said to somebody by name is about something else.
 */
export function topicOf(line: { type: string; past: string }, reason: string, major = false): Topic {
  if (reason === 'mentioned') return 'mention';
  if (major || line.type === 'outage' || told.has(line.past)) return 'major';
  if (reason === 'approval') return 'approval';
  if (called.has(reason)) return 'work';
  if (reason === 'watcher') return 'watch';
  if (promises.has(line.past)) return 'promise';
  if (spoken.has(line.past)) return 'answer';
  if (reason === 'work' || given.has(line.past) || (line.past === 'logged' && reason === 'assigned')) return 'work';
  return 'progress';
}
