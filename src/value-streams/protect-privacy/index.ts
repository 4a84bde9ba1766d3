import { forgetDrafts } from '../../commons/draft';
import { forgetPerson } from '../../commons/identity';
import { forgetMailsAbout, forgetMessages } from '../../commons/notification';
import { forgetPreferences } from '../../commons/preference';
import type { Together } from '../../kernel/house';

/** With a person's data go their means to sign in and everything that was sent to them; with a record's, the mails about it. */
export const protectPrivacyTogether: Together[] = [
  {
    name: 'forget an erased person',
    on: (line) => line.name === 'person.erased',
    react: async (context, lines) => {
      for (const line of lines) {
        await forgetPerson(context.db, line.record_id);
        await forgetMessages(context.db, line.record_id);
        await forgetDrafts(context.db, line.record_id);
        await forgetPreferences(context.db, line.record_id);
      }
    },
  },
  {
    name: 'forget mails about what expired',
    on: (line) => line.verb === 'expire',
    react: async (context, lines) =>
      forgetMailsAbout(
        context.db,
        lines.map((line) => line.record_id),
      ),
  },
];

export { runRetention } from './run-retention';
