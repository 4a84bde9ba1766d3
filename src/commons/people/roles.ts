/** The roles a person may hold. Agents' roles hold in the person's departments. */
export const roles = [
  'requester',
  'agent',
  'team_lead',
  'incident_manager',
  'problem_manager',
  'change_manager',
  'configuration_manager',
  'service_owner',
  'knowledge_editor',
  'finance_manager',
  'cio',
  'auditor',
  'administrator',
] as const;

/** Roles that do agents' work in their departments. */
export const agentRoles: readonly string[] = [
  'agent',
  'team_lead',
  'incident_manager',
  'problem_manager',
  'change_manager',
  'configuration_manager',
  'knowledge_editor',
];

/** Roles that read their departments without doing agents' work. */
export const readingRoles: readonly string[] = ['service_owner', 'finance_manager'];

/** Roles that read every department that is not confidential. */
export const overseeingRoles: readonly string[] = ['cio', 'auditor', 'administrator'];

/** Everybody who works in the platform, as opposed to those who only ask for things. */
export const staffRoles: readonly string[] = roles.filter((role) => role !== 'requester');
