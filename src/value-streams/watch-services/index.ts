import type { Afterwards } from '../../kernel/house';
import { sourcesBy } from '../../practices/operation/monitoring-and-event';
import { takeIn } from './take-in';

export { takeInBodies } from './bodies';

/** A heartbeat that does not come is an alert of its source, and its return the recovery. */
export const heartbeats: Afterwards = {
  name: 'heartbeats',
  on: (line) => line.name === 'alert_source.missed' || line.name === 'alert_source.heard_again',
  async react(context, lines) {
    const sources = await sourcesBy(context.db, 'id', [...new Set(lines.map((line) => line.record_id))]);
    for (const line of lines) {
      const source = sources.find(({ id }) => id === line.record_id);
      if (!source) continue;
      const missing = line.name === 'alert_source.missed';
      await takeIn({ ...context, cause: { line: line.id } }, [
        {
          source,
          group: 'heartbeat',
          notices: [
            {
              group: 'heartbeat',
              fingerprint: 'heartbeat',
              name: `${source.name} is silent`,
              resource: null,
              severity: 'critical',
              state: missing ? 'firing' : 'recovered',
              summary: `No heartbeat has come for ${source.heartbeat_minutes} minutes: alerts may be lost.`,
              service: null,
              labels: {},
              started_at: null,
            },
          ],
        },
      ]);
    }
  },
};
