import './records.css';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import { settle, useType, useTypes } from '../../api/queries';
import type { RecordRow, RecordType } from '../../api/types';
import { Skeleton } from '../../kit/states';
import { Missing } from '../../shell/missing';
import { pathOf, pluralOfPath } from '../../shell/use-href';
import { useTitle } from '../../shell/use-title';
import { useArrived } from '../../words/use-draft';
import { useWords } from '../../words/use-words';
import { foresee, useLooksAhead } from './foresight';
import { RecordForm } from './form';

/** The fields the creating verb takes. */
export function creationFields(type: RecordType) {
  const verb = type.verbs.find((one) => one.creates);
  if (verb?.input.length) return verb.input;
  return type.fields.filter(
    (field) => field.writable !== false && !['id', 'number', 'type', 'version'].includes(field.name),
  );
}

export function NewRecord() {
  const word = useLocation().pathname.split('/')[1] ?? '';
  const { t } = useTranslation('records');
  const words = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const types = useTypes();
  const type = useType(pluralOfPath(word));
  const title = type ? t('create', { what: words.type(type.type, type.label) }) : undefined;
  const place = `new.${type?.type ?? word}`;
  const arrived = useArrived(place);
  const ahead = useLooksAhead();
  useTitle(title);
  if (!types.data) return <Skeleton />;
  if (!type) return <Missing />;
  return (
    <div className="page">
      <header className="head">
        <div>
          <h1>{title}</h1>
          <p className="lede">{t(`about.${type.type}` as 'about.person', '')}</p>
        </div>
      </header>
      <RecordForm
        key={String(arrived)}
        place={place}
        type={type.type}
        fields={creationFields(type)}
        // What can be a draft begins as one.
        first={{ draft: true }}
        doing={t('make')}
        lookAhead={ahead(type) ? (body) => foresee(type.plural, undefined, 'create', body) : undefined}
        onCancel={() => history.back()}
        save={async (body) => {
          const made = await ask<RecordRow>(`/${type.plural}`, {
            method: 'POST',
            body,
            idempotencyKey: crypto.randomUUID(),
          });
          settle(client, type.plural, made.number, made);
          await navigate({ to: `${pathOf(type.plural)}/${made.number}` });
        }}
      />
    </div>
  );
}
