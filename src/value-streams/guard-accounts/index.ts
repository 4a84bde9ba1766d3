import { closeSessions, dropFactors } from '../../commons/identity';
import type { Together } from '../../kernel/house';

/** Whose second factor is taken away signs in anew with the password alone, everywhere. */
export const guardAccountsTogether: readonly Together[] = [
  {
    name: 'take away a second factor',
    on: (line) => line.name === 'person.unlocked',
    react: async (context, lines, past) => {
      if (past) return;
      for (const { record_id } of lines) {
        await dropFactors(context.db, record_id);
        await closeSessions(context.db, record_id);
      }
    },
  },
];
