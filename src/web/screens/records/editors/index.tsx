import { type ComponentType, lazy, Suspense } from 'react';
import type { EditorProps } from './editor';

const hours = lazy(() => import('./hours'));
const dates = lazy(() => import('./dates'));
const specialDays = lazy(() => import('./special-days'));
const promises = lazy(() => import('./promises'));
const match = lazy(() => import('./match'));
const goals = lazy(() => import('./goals'));
const matrix = lazy(() => import('./matrix'));
const mapping = lazy(() => import('./mapping'));
const steps = lazy(() => import('./steps'));
const ownFields = lazy(() => import('./own-fields'));
const points = lazy(() => import('./points'));
const words = lazy(() => import('./words'));

/** Structured fields that people fill in by other means than writing JSON; the field's name decides. */
const editors: Record<string, ComponentType<EditorProps>> = {
  hours,
  holidays: dates,
  date_hours: specialDays,
  breaks: specialDays,
  targets: promises,
  match,
  goals,
  matrix,
  mapping,
  steps,
  points,
  set_fields: ownFields,
  words,
};

export function hasEditor(name: string): boolean {
  return name in editors;
}

/** The editor of a structured field; its draft is kept as JSON text like every other draft. */
export function StructuredInput({
  name,
  label,
  text,
  onChange,
  error,
}: {
  name: string;
  label: string;
  text: string;
  onChange: (text: string) => void;
  error?: string;
}) {
  const Editor = editors[name];
  if (!Editor) return null;
  let value: unknown;
  try {
    value = text ? JSON.parse(text) : undefined;
  } catch {
    value = undefined;
  }
  return (
    <fieldset className={error ? 'field bad' : 'field'}>
      <legend className="s q2">{label}</legend>
      <Suspense>
        <Editor value={value} onChange={(next) => onChange(next === undefined ? '' : JSON.stringify(next))} />
      </Suspense>
      {error ? <p className="err">{error}</p> : null}
    </fieldset>
  );
}
