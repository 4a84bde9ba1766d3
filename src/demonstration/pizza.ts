import { hashPassword, keepHash } from '../commons/identity';
import { theSystemItself } from '../kernel/actor';
import type { Context, Verb } from '../kernel/command';
import type { Row } from '../kernel/database';
import { performOne } from '../kernel/perform';
import type { Opened } from '../open';

/** Who can sign in to the demonstration organisation, and as what. */
export const signIns = [
  { email: 'rita@pizza.example', name: 'Rita Moreira', what: 'requester', roles: ['requester'], departments: [] },
  { email: 'sam@pizza.example', name: 'Sam Okafor', what: 'service desk agent', roles: ['agent'], departments: ['it'] },
  {
    email: 'cho@pizza.example',
    name: 'Cho Tanaka',
    what: 'change and configuration manager',
    roles: ['agent', 'change_manager', 'configuration_manager'],
    departments: ['it'],
  },
  {
    email: 'ines@pizza.example',
    name: 'Ines Duarte',
    what: 'service owner',
    roles: ['service_owner'],
    departments: ['it'],
  },
  { email: 'hana@pizza.example', name: 'Hana Novak', what: 'HR agent', roles: ['agent'], departments: ['hr'] },
  {
    email: 'fred@pizza.example',
    name: 'Fred Lindqvist',
    what: 'finance agent',
    roles: ['agent', 'finance_manager'],
    departments: ['finance'],
  },
  { email: 'carla@pizza.example', name: 'Carla Bianchi', what: 'CIO', roles: ['cio'], departments: ['it'] },
  { email: 'otto@pizza.example', name: 'Otto Brandt', what: 'auditor, read-only', roles: ['auditor'], departments: [] },
  {
    email: 'ada@pizza.example',
    name: 'Ada Rossi',
    what: 'administrator',
    roles: ['administrator'],
    departments: ['it'],
  },
] as const;

/** Loads Pizza&Pizza. */
export async function loadPizza(opened: Opened): Promise<void> {
  const now = opened.clock.now();
  const context: Context = { db: opened.db, house: opened.house, actor: theSystemItself, now };
  const make = async (type: string, input: Row) => {
    const verb = opened.house.verbs.get(`${type}.${type === 'incident' ? 'log' : 'create'}`) as Verb;
    return (await performOne(context, verb, { input })).record;
  };
  const department = (key: string, name: string, more: Row = {}) => make('department', { key, name, ...more });
  await department('it', 'Information technology', { desk: true });
  await department('hr', 'Human resources', { confidential: true });
  await department('finance', 'Finance');
  await department('facilities', 'Facilities');
  const hashed = await hashPassword('pizza');
  for (const { email, name, roles, departments } of signIns) {
    const row = await make('person', {
      email,
      name,
      roles: [...roles],
      departments: [...departments],
      time_zone: 'Europe/Lisbon',
      language: 'en',
    });
    await keepHash(opened.db, String(row.id), hashed, now);
  }
  await make('team', { name: 'Service desk', department: 'it', member_ids: ['sam@pizza.example'] });
  await make('team', { name: 'Network', department: 'it', member_ids: ['cho@pizza.example'] });
  await make('team', { name: 'HR services', department: 'hr', member_ids: ['hana@pizza.example'] });
  await make('goal', {
    name: 'Card payment at every door',
    owner_id: 'carla@pizza.example',
    weight: 3,
    measure: 'Share of orders paid by card',
    target: '70 %',
  });
  await make('service', {
    name: 'Card payments',
    customer_name: 'Paying by card',
    department: 'it',
    owner_id: 'ines@pizza.example',
    team_id: 'Service desk',
    criticality: 1,
    goals: [{ goal_id: 'Card payment at every door', weight: 3 }],
  });
  await make('configuration_item', {
    name: 'pay-gw-2',
    class: 'gateway',
    department: 'it',
    service_ids: ['Card payments'],
  });
  await make('incident', {
    title: 'Cards declined at the door',
    description: 'Every card is declined since about ten past five.',
    requester_id: 'rita@pizza.example',
    service_id: 'Card payments',
    configuration_item_id: 'pay-gw-2',
    impact: 1,
    urgency: 1,
    team_id: 'Service desk',
    channel: 'portal',
  });
}
