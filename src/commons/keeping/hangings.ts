import type { Verb } from '../../kernel/command';
import type { Relation } from '../../kernel/policy';
import type { RecordType } from '../../kernel/record';
import { attachmentVerbs } from '../attachment';
import { conversationVerbs } from '../conversation';
import { linkVerbs } from '../link';
import { taskVerbs } from '../task';
import { timeVerbs } from '../time-entry';
import { watchVerbs } from '../watch';

/** Conversation, files, links, watchers, steps and time on a record that its staff keeps. */
export function hangingVerbs(type: RecordType, staff: Relation[]): Verb[] {
  return [
    ...conversationVerbs(type, { comment: staff, note: staff }),
    ...attachmentVerbs(type, { attach: staff, detach: staff }),
    ...linkVerbs(type, staff),
    ...watchVerbs(type, staff),
    ...taskVerbs(type, staff),
    ...timeVerbs(type, staff),
  ];
}
