import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../api/client';
import { keys } from '../../api/keys';
import { useMe } from '../../api/queries';
import type { RecordRow } from '../../api/types';
import { type SavedView, useViews } from '../../api/views';
import { AudienceChoice, type Shared, sharedBody } from '../../kit/audience';
import { Icon } from '../../kit/glyphs';
import { say } from '../../kit/toast';
import { has } from '../../shell/roles';
import { type Shown, shownBy } from '../../words/view';

/** Filter, order and columns of a list under a name, for oneself or for others. */
export function Views({ type, view, onOpen }: { type: string; view: Shown; onOpen: (view: Shown) => void }) {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const me = useMe().data;
  const views = useViews(type);
  const [name, setName] = useState('');
  const [shared, setShared] = useState<Shared>({ audience: 'own' });
  const renew = () => void client.invalidateQueries({ queryKey: keys.lists('views') });
  const act = async (work: () => Promise<unknown>, done?: string) => {
    try {
      await work();
      renew();
      if (done) say(done);
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  const save = () => {
    const called = name.trim();
    if (!called) return;
    // The same name again is the same view, seen anew.
    const known = views.find((one) => one.name === called && one.offers?.includes('edit'));
    const body = {
      name: called,
      filter: view.filter ?? '',
      sort: view.sort ?? '',
      columns: view.columns?.split(',').filter(Boolean) ?? [],
      ...sharedBody(shared),
    };
    void act(
      async () => {
        if (known)
          await ask(`/views/${known.number}`, {
            method: 'PATCH',
            body: { ...body, filter: body.filter || null, sort: body.sort || null },
          });
        else
          await ask<RecordRow>('/views', {
            method: 'POST',
            body: { ...body, record_type: type },
            idempotencyKey: crypto.randomUUID(),
          });
        setName('');
      },
      t('views.saved', { name: called }),
    );
  };
  const earlier = (one: SavedView, before: SavedView) =>
    void act(() => ask(`/views/${one.number}`, { method: 'PATCH', body: { rank: Math.max(0, before.rank - 1) } }));
  const remove = (one: SavedView) =>
    void act(
      () => ask(`/views/${one.number}/retire`, { method: 'POST', body: {} }),
      t('views.removed', { name: one.name }),
    );
  return (
    <details className="cols-choice">
      <summary className="link">{t('views.title')}</summary>
      <div className="cols-pop">
        {views.length === 0 ? <p className="q2">{t('views.none')}</p> : null}
        <ul>
          {views.map((one, at) => (
            <li key={one.id} className="pick-row">
              <button type="button" className="pick-b cut" onClick={() => onOpen(shownBy(one))}>
                {one.name}
              </button>
              {one.audience === 'own' ? null : <span className="s q nw">{t(`views.for_${one.audience}`)}</span>}
              {at > 0 && one.offers?.includes('edit') ? (
                <button
                  type="button"
                  className="icon-btn"
                  aria-label={t('col.up', { name: one.name })}
                  onClick={() => earlier(one, views[at - 1]!)}
                >
                  ↑
                </button>
              ) : null}
              {one.offers?.includes('retire') ? (
                <button
                  type="button"
                  className="icon-btn"
                  aria-label={t('views.remove', { name: one.name })}
                  onClick={() => remove(one)}
                >
                  <Icon name="close" />
                </button>
              ) : null}
            </li>
          ))}
        </ul>
        {has(me, 'team_lead', 'administrator') ? <AudienceChoice value={shared} onChange={setShared} /> : null}
        <div className="pick-save">
          <input
            className="input"
            value={name}
            aria-label={t('views.name')}
            placeholder={t('views.name')}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              save();
            }}
          />
          <button type="button" className="btn" disabled={!name.trim()} onClick={save}>
            {t('views.save')}
          </button>
        </div>
      </div>
    </details>
  );
}
