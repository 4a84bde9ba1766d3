import type { Row } from '../kernel/database';
import type { Known } from './known';

/** What happens by itself at Pizza&Pizza, and what is still being tried. */
export const actionRules = (known: Known): Row[] => [
  {
    name: 'Urgent work that nobody touches',
    description: 'Four working hours without a sign of life: whoever leads the team hears of it.',
    state: 'active',
    occasion: 'quiet',
    since: 'change',
    minutes: 240,
    working_time: true,
    states: ['new', 'assigned'],
    condition: 'priority <= 2',
    tell_lead: true,
    tell_text: 'Nobody has touched this for four working hours, and it is urgent.',
  },
  {
    name: 'Long waits for a supplier',
    description: 'Three days on hold: remind ourselves to ask again.',
    state: 'active',
    occasion: 'quiet',
    since: 'state',
    minutes: 4_320,
    states: ['on_hold'],
    condition: 'hold_reason == "supplier"',
    add_tags: ['ask the supplier'],
    note: 'On hold for three days: ask the supplier how it stands.',
  },
  {
    name: 'Kitchens in the evening',
    description: 'A kitchen that stands still in the evening costs more than one in the morning.',
    state: 'draft',
    occasion: 'logged',
    condition: 'service.name == "Kitchen screens" && opened_at.getHours("Europe/Lisbon") >= 18',
    set_urgency: 1,
    watcher_ids: [known.person('Marta Lopes')],
  },
  {
    by: 'Beatriz Gomes',
    owner_id: known.person('Beatriz Gomes'),
    department: known.id('department', 'hr'),
    name: 'Questions of pay',
    description: 'Nobody waits for their pay: the lead reads along. Only human resources know of this rule.',
    state: 'active',
    occasion: 'logged',
    condition: 'title.lowerAscii().contains("pay") || title.lowerAscii().contains("salary")',
    add_tags: ['pay'],
    watcher_ids: [known.person('Beatriz Gomes')],
  },
];
