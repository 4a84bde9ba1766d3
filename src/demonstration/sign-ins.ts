/** Who can sign in to the demonstration organisation, and as what. The password of each is `pizza`. */
export const signIns = [
  { email: 'rita@pizza.example', name: 'Rita Moreira', what: 'requester', roles: ['requester'], departments: [] },
  { email: 'sam@pizza.example', name: 'Sam Okafor', what: 'service desk agent', roles: ['agent'], departments: ['it'] },
  {
    email: 'cho@pizza.example',
    name: 'Cho Tanaka',
    what: 'change and configuration manager',
    roles: ['agent', 'change_manager', 'configuration_manager', 'problem_manager'],
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
