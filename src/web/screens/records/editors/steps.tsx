import './editors.css';
import '../../../desk/desk.css';
import { useTranslation } from 'react-i18next';
import { useType } from '../../../api/queries';
import type { FieldMeta } from '../../../api/types';
import { FieldInput } from '../../../kit/field-input';
import { type Draft, draftOf, sentOf } from '../../../kit/field-value';
import { Icon } from '../../../kit/glyphs';
import { useWords } from '../../../words/use-words';
import type { EditorProps } from './editor';

interface Step {
  verb: string;
  input: Record<string, unknown>;
}

const left = new Set([
  'edit',
  'attach',
  'detach',
  'link',
  'unlink',
  'watch',
  'unwatch',
  'tick',
  'untick',
  'untask',
  'rebook',
  'unbook',
]);

/** The verbs of a macro, each with its input, in their order. */
export default function StepsEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const type = useType('incidents');
  const steps = (Array.isArray(value) ? value : []) as Step[];
  const verbs = (type?.verbs ?? []).filter((verb) => !verb.creates && !left.has(verb.verb));
  const put = (at: number, step: Step) => onChange(steps.map((one, index) => (index === at ? step : one)));
  return (
    <div className="macro-steps">
      {steps.map((step, at) => {
        const verb = verbs.find((one) => one.verb === step.verb);
        return (
          <div className="macro-step" key={`${at + 1} ${step.verb}`}>
            <header>
              <select
                className="input"
                aria-label={t('macro.step', { at: at + 1 })}
                value={step.verb}
                onChange={(event) => put(at, { verb: event.target.value, input: {} })}
              >
                {verbs.map((one) => (
                  <option key={one.verb} value={one.verb}>
                    {words.verb(one.verb)}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="icon-btn"
                aria-label={t('macro.remove', { at: at + 1 })}
                onClick={() => onChange(steps.filter((_, index) => index !== at))}
              >
                <Icon name="close" />
              </button>
            </header>
            {verb?.input.map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                value={draftIn(field, step)}
                onChange={(draft) => put(at, withInput(step, field, draft))}
              />
            ))}
          </div>
        );
      })}
      <button
        type="button"
        className="btn"
        onClick={() => onChange([...steps, { verb: steps.length ? 'hold' : 'comment', input: {} }])}
      >
        {t('macro.add')}
      </button>
    </div>
  );
}

/** References are kept by number, instants as texts. */
function draftIn(field: FieldMeta, step: Step): Draft {
  const value = step.input[field.name];
  if (field.kind === 'reference' && typeof value === 'string') return { number: value, name: value };
  return draftOf(field, { id: '', number: '', type: '', version: 0, [field.name]: value });
}

function withInput(step: Step, field: FieldMeta, draft: Draft): Step {
  const input = { ...step.input };
  const sent = field.kind === 'reference' ? draft : sentOf(field, draft);
  if (sent === null || sent === '' || sent === false) delete input[field.name];
  else input[field.name] = sent;
  return { ...step, input };
}
