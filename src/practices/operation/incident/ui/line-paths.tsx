import { useTranslation } from 'react-i18next';
import type { LineOfSight } from '../../../../web/api/types';
import { LineStrip } from '../../../../web/kit/line-strip';
import { useStopHref } from '../../../../web/shell/use-href';

/** Every way from a goal to this record, the heaviest first. */
export function LinePaths({ line, onClose }: { line: LineOfSight; onClose: () => void }) {
  const { t } = useTranslation('incident');
  const hrefOf = useStopHref();
  return (
    <section className="paths" aria-label={t('paths.title')}>
      <header className="paths-h">
        <h2>
          {t('paths.title')} <span className="q num">{line.paths.length}</span>
        </h2>
        <button type="button" className="link" onClick={onClose}>
          {t('paths.close')}
        </button>
      </header>
      {line.paths.length === 0 ? <p className="q paths-none">{t('paths.none')}</p> : null}
      {line.paths.map((path) => (
        <LineStrip
          key={path.stops.map((stop) => stop.number).join()}
          stops={path.stops}
          more={0}
          hrefOf={hrefOf}
          note={t('paths.weight', { weight: path.weight })}
        />
      ))}
    </section>
  );
}
