import { Environment } from '@marcbachmann/cel-js';
import { firstLine } from '../../../commons/expression';
import { type FieldError, invalidFields } from '../../../kernel/refusal';
import { type Sentence, say } from '../../../kernel/sentence.contract';
import { type Mapping, mappedParts, type Notice } from './monitoring.contract';
import { severityOf, stateOf } from './notice.rules';

const environment = new Environment({ unlistedVariablesAreDyn: false, enableOptionalTypes: true })
  .registerVariable('body', 'dyn')
  .registerVariable('alert', 'dyn');

/** Checks the expressions of a mapping before it is kept. Throws a refusal that names each part that cannot be read. */
export function checkMapping(mapping: Mapping): void {
  const errors: FieldError[] = [];
  for (const part of mappedParts) {
    const expression = mapping[part];
    if (expression === undefined) continue;
    const checked = environment.check(expression);
    if (!checked.valid)
      errors.push({ field: `mapping.${part}`, message: say`This cannot be read: ${firstLine(checked.error)}` });
  }
  if (errors.length > 0) throw invalidFields(errors);
}

/** Why a body gave no alerts, in a sentence; kept with the body and shown. */
export class Unmapped extends Error {
  constructor(readonly sentence: Sentence) {
    super(String(sentence));
  }
}

function evaluate(part: string, expression: string, known: { body: unknown; alert: unknown }): unknown {
  try {
    return environment.evaluate(expression, known);
  } catch (problem) {
    throw new Unmapped(say`${part}: ${firstLine(problem)}`);
  }
}

function textOf(part: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw new Unmapped(
    value === null || value === undefined
      ? say`${part}: this is no text but nothing.`
      : say`${part}: this is no text but a structure.`,
  );
}

/** The alerts of a body by a mapping. Throws `Unmapped` with the part and the reason. */
export function mapBody(mapping: Mapping, body: unknown): Notice[] {
  const all = mapping.each === undefined ? [body] : evaluate('each', mapping.each, { body, alert: null });
  if (!Array.isArray(all)) throw new Unmapped(say`each: this is no list.`);
  if (all.length > 2_000) throw new Unmapped(say`each: at most 2,000 alerts are possible in one body.`);
  return all.map((alert) => {
    const read = (part: keyof Mapping) => {
      const expression = mapping[part];
      return expression === undefined ? null : textOf(part, evaluate(part, expression, { body, alert }));
    };
    const state = read('state') ?? '';
    const meant = stateOf(state);
    if (!meant)
      throw new Unmapped(say`state: “${state.slice(0, 60)}” says neither that it fires nor that it has recovered.`);
    const fingerprint = read('fingerprint') ?? '';
    if (fingerprint === '') throw new Unmapped(say`fingerprint: this is empty, so that nothing could be told apart.`);
    return {
      group: read('group') ?? fingerprint,
      fingerprint,
      name: read('name') || 'Alert',
      resource: read('resource') || null,
      severity: severityOf(read('severity') ?? 'warning'),
      state: meant,
      summary: read('summary') || null,
      service: read('service') || null,
      labels: {},
      started_at: null,
    };
  });
}
