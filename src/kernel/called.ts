import type { Field } from './field';
import type { RecordType } from './record';
import type { Word } from './sentence.contract';

/** What things of the house are called inside a sentence: "component", "components", "resolve", "in progress". */

export const calledOne = ({ type, label }: Pick<RecordType, 'type' | 'label'>): Word => ({
  of: 'type',
  key: type,
  label,
});

export const calledMany = ({ type, labels }: Pick<RecordType, 'type' | 'labels'>): Word => ({
  of: 'plural',
  key: type,
  label: labels,
});

export const calledVerb = ({ verb, label }: { readonly verb: string; readonly label: string }): Word => ({
  of: 'verb',
  key: verb,
  label,
});

export const calledField = (name: string, field?: Pick<Field, 'label'>): Word => ({
  of: 'field',
  key: name,
  label: field?.label ?? name,
});

export const calledState = (state: string): Word => ({ of: 'state', key: state, label: state.replaceAll('_', ' ') });
