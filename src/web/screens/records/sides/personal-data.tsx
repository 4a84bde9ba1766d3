import '../../told.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client';
import { useMe } from '../../../api/queries';
import { Section } from '../../../kit/facts';
import { Refusal } from '../../../kit/states';
import { has } from '../../../shell/roles';
import type { Side } from './side';

/** What is kept about a person, for them and for administrators, as one file. */
export default function PersonalData({ record }: Side) {
  const { t } = useTranslation('told');
  const me = useMe();
  const [refusal, setRefusal] = useState<unknown>(null);
  if (me.data?.id !== record.id && !has(me.data, 'administrator')) return null;
  const save = async () => {
    setRefusal(null);
    try {
      const data = await ask<unknown>(`/people/${record.number}/personal-data`);
      download(`${record.number}.json`, JSON.stringify(data, null, 2));
    } catch (error) {
      setRefusal(error);
    }
  };
  return (
    <Section title={t('personal.title')}>
      <p className="q2">{t('personal.text')}</p>
      {record.offers?.includes('erase') ? <p className="q2">{t('personal.erase_text')}</p> : null}
      {refusal ? <Refusal error={refusal} /> : null}
      <p className="keep-none">
        <button type="button" className="btn" onClick={() => void save()}>
          {t('personal.export')}
        </button>
      </p>
    </Section>
  );
}

/** Hands a text to the browser as a file. */
function download(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
