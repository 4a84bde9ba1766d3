import { z } from 'zod';
import { listed, wrong } from '../../../kernel/sentence.contract';

/** The words of a clock: what is promised, how it stands, and the stretches its time is made of. */

export const targetNames = ['first_response', 'update', 'resolution', 'team'] as const;
export const targetName = z.enum(targetNames, wrong`A target is one of ${listed(targetNames)}.`);
export type TargetName = z.output<typeof targetName>;

export const clockStates = ['running', 'paused', 'met', 'breached', 'stopped'] as const;
export type ClockState = (typeof clockStates)[number];

export const segmentKinds = ['running', 'paused', 'closed', 'stopped'] as const;
export type SegmentKind = (typeof segmentKinds)[number];
