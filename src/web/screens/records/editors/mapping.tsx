import './mapping.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client';
import { useType } from '../../../api/queries';
import { Field } from '../../../kit/field';
import { HealthStop } from '../../../kit/glyphs';
import { Refusal } from '../../../kit/states';
import type { EditorProps } from './editor';

const parts = ['each', 'name', 'state', 'fingerprint', 'resource', 'severity', 'summary', 'service', 'group'] as const;
const needed = new Set<string>(['name', 'state', 'fingerprint']);

interface Trial {
  items: {
    name: string;
    resource: string | null;
    severity: string;
    state: string;
    fingerprint: string;
    group: string;
    summary: string | null;
  }[];
  problem: string | null;
}

/** From a body to an alert: an expression for each part, and what they make of a body that is pasted in. */
export default function MappingEditor({ value, onChange }: EditorProps) {
  const { t } = useTranslation('alerts');
  const mapping = (value ?? {}) as Record<string, string>;
  const services = useType('services') !== undefined;
  const there = parts.filter((part) => part !== 'service' || services);
  const set = (part: string, text: string) => {
    const next = { ...mapping, [part]: text };
    if (!text) delete next[part];
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <div className="mapping">
      <p className="q2 s">{t('mapping.about')}</p>
      {there.map((part) => (
        <Field key={part} label={t(`mapping.${part}`)} hint={t(`mapping.${part}_hint`)} required={needed.has(part)}>
          {(ids) => (
            <input
              {...ids}
              className="input mono"
              value={mapping[part] ?? ''}
              onChange={(event) => set(part, event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      ))}
      <TryOut mapping={mapping} />
    </div>
  );
}

function TryOut({ mapping }: { mapping: Record<string, string> }) {
  const { t } = useTranslation('alerts');
  const [body, setBody] = useState('');
  const [told, setTold] = useState<Trial | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const run = async () => {
    setTold(null);
    setRefusal(null);
    try {
      setTold(
        await ask<Trial>('/alert-sources/try', {
          method: 'POST',
          body: { form: 'mapped', mapping, body: JSON.parse(body) as unknown },
        }),
      );
    } catch (error) {
      setRefusal(error instanceof SyntaxError ? new Error(t('try.no_json')) : error);
    }
  };
  return (
    <div className="mapping-try">
      <Field label={t('try.body')} hint={t('try.hint')}>
        {(ids) => (
          <textarea
            {...ids}
            className="input mono"
            rows={6}
            value={body}
            spellCheck={false}
            onChange={(event) => setBody(event.target.value)}
          />
        )}
      </Field>
      <button type="button" className="btn" disabled={!body.trim()} onClick={() => void run()}>
        {t('try.run')}
      </button>
      <div aria-live="polite">
        {refusal ? <Refusal error={refusal} /> : null}
        {told?.problem ? <Refusal title={told.problem} /> : null}
        {told && !told.problem ? (
          <ul className="mapping-told">
            {told.items.map((one) => (
              <li key={`${one.group} ${one.fingerprint}`}>
                <HealthStop
                  mark={one.state === 'firing' ? 'broken' : 'good'}
                  label={t(one.state === 'firing' ? 'firing' : 'recovered')}
                />
                <span>
                  <span className="b">{[one.name, one.resource].filter(Boolean).join(': ')}</span>{' '}
                  <span className="q2">
                    {t(`severity.${one.severity}` as 'severity.info')} · {one.summary ?? one.fingerprint}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}
