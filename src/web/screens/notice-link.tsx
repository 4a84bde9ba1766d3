import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, query } from '../api/client';
import { Field } from '../kit/field';
import { Refusal } from '../kit/states';
import { useWords } from '../words/use-words';
import { Gate } from './gate';
import { Ways } from './notice-way';

interface Linked {
  topic: string;
  way: string;
  ways: string[];
}

/** Where the link in a mail's foot leads: how this kind comes from now on. Nothing changes before it is confirmed. */
export function NoticeLink() {
  const { t } = useTranslation('notices');
  const words = useWords();
  const { token = '' } = useSearch({ strict: false }) as { token?: string };
  const [done, setDone] = useState<Linked | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const linked = useQuery({
    queryKey: ['notice-link', token],
    queryFn: () => ask<Linked>(`/notice-link${query({ token })}`),
    retry: false,
  });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const way = String(new FormData(event.currentTarget).get('way'));
    setRefusal(null);
    try {
      setDone(await ask<Linked>('/notice-link', { method: 'POST', body: { token, way } }));
    } catch (error) {
      setRefusal(error);
    }
  };
  const { data } = linked;
  const toProfile = (
    <a className="link" href="/profile">
      {t('link.profile')}
    </a>
  );
  return (
    <Gate
      title={t('link.title')}
      lede={data && !done ? t('link.lede', { topic: words.choice('topic', data.topic) }) : undefined}
    >
      {done ? (
        <div className="gate-form">
          <p role="status">{t('link.done', { way: words.choice('way', done.way) })}</p>
          <p>{toProfile}</p>
        </div>
      ) : data ? (
        <form onSubmit={submit} className="gate-form">
          <Field label={t('link.choose')}>
            {(ids) => (
              // What comes at once is meant to come together next: one click does it.
              <select {...ids} className="input" name="way" defaultValue={data.way === 'at_once' ? 'digest' : data.way}>
                <Ways ways={data.ways} />
              </select>
            )}
          </Field>
          {refusal ? <Refusal error={refusal} /> : null}
          <p className="gate-act">
            <button type="submit" className="btn main">
              {t('link.do')}
            </button>
            {toProfile}
          </p>
        </form>
      ) : linked.isError ? (
        <div className="gate-form">
          <Refusal error={linked.error} />
          <p>{toProfile}</p>
        </div>
      ) : null}
    </Gate>
  );
}
