import type { Word } from './sentence.contract';

/** What things of the house are called inside a sentence: "component", "components", "resolve", "in progress". */

export const calledOne = ({ type, label }: { readonly type: string; readonly label: string }): Word => ({
  of: 'type',
  key: type,
  label,
});

export const calledMany = ({ type, labels }: { readonly type: string; readonly labels: string }): Word => ({
  of: 'plural',
  key: type,
  label: labels,
});

export const calledVerb = ({ verb, label }: { readonly verb: string; readonly label: string }): Word => ({
  of: 'verb',
  key: verb,
  label,
});

export const calledField = (name: string, field?: { readonly label: string }): Word => ({
  of: 'field',
  key: name,
  label: field?.label ?? name,
});

export const calledRole = (role: string): Word => ({
  of: 'role',
  key: role,
  label: role.replaceAll('_', ' '),
});

export const calledTarget = (target: string): Word => ({
  of: 'target',
  key: target,
  label: target.replaceAll('_', ' '),
});

export const calledState = (state: string): Word => ({ of: 'state', key: state, label: state.replaceAll('_', ' ') });
