import './merge.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, Problem, query } from '../../../../web/api/client';
import { settle, useType } from '../../../../web/api/queries';
import type { Page, RecordRow } from '../../../../web/api/types';
import { Dialog } from '../../../../web/kit/dialog';
import { Field } from '../../../../web/kit/field';
import { Key } from '../../../../web/kit/marks';
import { type Picked, RefPicker } from '../../../../web/kit/ref-picker';
import { Refusal } from '../../../../web/kit/states';
import { Preview, type Rehearsal } from '../../../../web/screens/records/preview';
import { useDone } from '../../../../web/shell/use-done';
import { titleOf } from '../../../../web/words/record';

/** What may stand for another: whatever is still answered. */
const answerable = { state_category: 'open,paused,stopped' };

/** Merging in either direction: which one ends, into which, and what will happen, before it does. */
export function MergeDialog({ record, onClose }: { record: RecordRow; onClose: () => void }) {
  const { t } = useTranslation('incident');
  const { t: k } = useTranslation('kit');
  const client = useQueryClient();
  const done = useDone();
  const type = useType('incidents');
  const name = useId();
  const [out, setOut] = useState(true);
  const [other, setOther] = useState<Picked | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const number = record.number;
  const ends = out ? number : other?.number;
  const into = out ? other?.number : number;
  const filter = out ? answerable : { state_category: 'open,paused' };
  const rehearsal = useQuery({
    queryKey: ['rehearsal', 'merge', ends, into],
    queryFn: () =>
      ask<Rehearsal>('/incidents/bulk', {
        method: 'POST',
        body: { verb: 'merge', input: { into }, ids: [ends], dry_run: true },
      }),
    enabled: other !== null,
    staleTime: 0,
    retry: false,
  });
  const alike = useQuery({
    queryKey: ['list', 'incidents', 'alike', number, filter],
    queryFn: () =>
      ask<Page<RecordRow>>(
        `/incidents${query({ ...filter, q: titleOf(record).split(/\s+/).slice(0, 4).join(' '), limit: 5 })}`,
      ),
    retry: false,
  });
  const looks = (alike.data?.items ?? []).filter((one) => one.number !== number).slice(0, 4);
  const ready = rehearsal.data?.items.every((item) => item.status < 300) ?? false;

  const merge = async () => {
    if (busy || !ready || !ends || !into) return;
    setBusy(true);
    setRefusal(null);
    try {
      const after = await ask<RecordRow>(`/incidents/${ends}/merge`, {
        method: 'POST',
        body: { into },
        idempotencyKey: crypto.randomUUID(),
      });
      settle(client, 'incidents', ends, after);
      settle(client, 'incidents', into);
      done('incidents', ends, t('merge.done', { number: ends, into }), after);
      onClose();
    } catch (error) {
      setBusy(false);
      setRefusal(error instanceof Problem ? error : new Error(String(error)));
    }
  };

  return (
    <Dialog
      title={t('merge.title', { number })}
      lede={titleOf(record)}
      onClose={onClose}
      onSubmit={() => void merge()}
      wide
      foot={
        <>
          <button type="submit" className="btn main" disabled={busy || !ready}>
            {t('merge.do')} <Key>Ctrl ↵</Key>
          </button>
          <button type="button" className="btn quiet" onClick={onClose}>
            {k('cancel')}
          </button>
        </>
      }
    >
      <Field label={t(out ? 'merge.find_out' : 'merge.find_in', { number })} required>
        {(ids) => <RefPicker plural="incidents" value={other} onChange={setOther} ids={ids} filter={filter} />}
      </Field>
      {looks.length && !other ? (
        <div>
          <p className="s q">{t('merge.looks')}</p>
          <ul className="merge-alike">
            {looks.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="link cut"
                  onClick={() => setOther({ number: one.number, name: titleOf(one) })}
                >
                  <span className="num">{one.number}</span> {titleOf(one)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <fieldset className="merge-which">
        <legend className="s q">{t('merge.direction')}</legend>
        {[true, false].map((one) => (
          <label className="check" key={String(one)}>
            <input
              type="radio"
              name={name}
              checked={out === one}
              onChange={() => {
                setOut(one);
                setRefusal(null);
              }}
            />
            {t(one ? 'merge.out' : 'merge.in', { number })}
          </label>
        ))}
      </fieldset>
      {refusal ? <Refusal error={refusal} /> : null}
      {rehearsal.isError ? <Refusal error={rehearsal.error} /> : null}
      {rehearsal.data && other ? (
        <div role="status">
          <p className="b">{t('merge.will')}</p>
          <Preview run={rehearsal.data} type={type} label={t('merge.will')} />
        </div>
      ) : null}
      <p className="s q2">{t('merge.told')}</p>
    </Dialog>
  );
}
