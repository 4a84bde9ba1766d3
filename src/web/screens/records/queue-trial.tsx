import './rule-trial.css';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client';
import type { QueuePlace } from '../../api/places';
import { Section } from '../../kit/facts';
import { Refusal } from '../../kit/states';
import { useHref } from '../../shell/use-href';
import { useWords } from '../../words/use-words';

interface Standing extends QueuePlace {
  place: number;
  was: number;
}

interface Trial {
  read: number;
  more: boolean;
  moved: number;
  before: Standing[];
  after: Standing[];
}

const tried = /^(department|team_id|[a-z0-9_]+_(minutes|hours|percent))$/;

/** In the form of a queue's order: how the first rows would stand, beside how they stand now. */
export function QueueFormTrial({ number, body }: { number?: string; body: () => Record<string, unknown> }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const trial = useMutation({
    mutationFn: () =>
      ask<Trial>(number ? `/queue-orders/${number}/try` : '/queue-orders/try', {
        method: 'POST',
        body: Object.fromEntries(Object.entries(body()).filter(([name]) => tried.test(name))),
      }),
  });
  const found = trial.data;
  const read = words.number(found?.read ?? 0);
  return (
    <Section title={t('queue.title')} note={t('queue.note')}>
      <button
        type="button"
        className="btn"
        // Not disabled meanwhile: who pressed it keeps their place in the form.
        aria-busy={trial.isPending}
        onClick={() => (trial.isPending ? undefined : trial.mutate())}
      >
        {t(found ? 'queue.again' : 'queue.run')}
      </button>
      <div aria-live="polite">
        {trial.isError ? <Refusal error={trial.error} /> : null}
        {found && !trial.isError ? (
          <div className="trial">
            <p className="b">
              {found.read === 0
                ? t('queue.none')
                : found.moved === 0
                  ? t('queue.same', { read })
                  : t('queue.moved', { count: found.moved, figure: words.number(found.moved), read })}
            </p>
            {found.more ? <p className="s q2">{t('queue.more', { read })}</p> : null}
            {found.moved > 0 ? (
              <>
                <Rows title={t('queue.after')} rows={found.after} moves />
                <Rows title={t('queue.before')} rows={found.before} />
              </>
            ) : null}
          </div>
        ) : null}
      </div>
    </Section>
  );
}

function Rows({ title, rows, moves = false }: { title: string; rows: Standing[]; moves?: boolean }) {
  const { t } = useTranslation('rules');
  const hrefOf = useHref();
  const move = (one: Standing) =>
    one.was === one.place ? t('queue.stays') : t(one.was > one.place ? 'queue.up' : 'queue.down', { was: one.was });
  return (
    <>
      <h3 className="s q2">{title}</h3>
      <ol className="trial-rows">
        {rows.map((one) => (
          <li key={one.id}>
            <span>
              <span className="num">{one.place}.</span>{' '}
              <a className="u num" href={hrefOf(one.number, 'incident')}>
                {one.number}
              </a>{' '}
              {one.name}
              <span className="trial-why s q2">{one.sentence}</span>
            </span>
            {moves ? <span className="q s num nw">{move(one)}</span> : null}
          </li>
        ))}
      </ol>
    </>
  );
}
