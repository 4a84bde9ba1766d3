import { useTranslation } from 'react-i18next';
import type { QueuePlace } from '../../api/places';
import { useWords } from '../../words/use-words';
import { type FormPartProps, FormTrial, Told, TrialIncident, TrialRows, Why } from './trial';

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
export function QueueFormTrial({ number, body }: FormPartProps) {
  const { t } = useTranslation('rules');
  const says = { title: t('queue.title'), note: t('queue.note'), run: t('queue.run'), again: t('queue.again') };
  return (
    <FormTrial<Trial>
      plural="queue-orders"
      number={number}
      body={() => Object.fromEntries(Object.entries(body()).filter(([name]) => tried.test(name)))}
      says={says}
    >
      {(found) => <QueueTrialResult found={found} />}
    </FormTrial>
  );
}

function QueueTrialResult({ found }: { found: Trial }) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const read = words.number(found.read);
  const sum =
    found.read === 0
      ? t('queue.none')
      : found.moved === 0
        ? t('queue.same', { read })
        : t('queue.moved', { count: found.moved, figure: words.number(found.moved), read });
  const move = (one: Standing) =>
    one.was === one.place ? t('queue.stays') : t(one.was > one.place ? 'queue.up' : 'queue.down', { was: one.was });
  const rows = (all: Standing[], moves: boolean) =>
    all.map((one) => ({
      key: one.id,
      what: (
        <>
          <span className="num">{one.place}.</span>{' '}
          <TrialIncident one={one}>
            <Why>{one.sentence}</Why>
          </TrialIncident>
        </>
      ),
      end: moves ? <span className="q s num nw">{move(one)}</span> : null,
    }));
  return (
    <Told sum={sum} facts={found.more ? [t('queue.more', { read })] : []}>
      <TrialRows title={t('queue.after')} rows={found.moved > 0 ? rows(found.after, true) : []} ranked />
      <TrialRows title={t('queue.before')} rows={found.moved > 0 ? rows(found.before, false) : []} ranked />
    </Told>
  );
}
