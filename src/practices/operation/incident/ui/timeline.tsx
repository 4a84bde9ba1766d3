import { useTranslation } from 'react-i18next';
import { usePart } from '../../../../web/api/queries';
import { When } from '../../../../web/kit/marks';
import { Refusal, Skeleton } from '../../../../web/kit/states';
import { useHref } from '../../../../web/shell/use-href';
import { useWords } from '../../../../web/words/use-words';

interface Major {
  reports: number;
  joined: number;
  items: {
    id: string;
    at: string;
    name: string;
    kind: 'told' | 'state' | 'action' | 'report';
    text: string | null;
    actor: { name: string | null; kind: string };
    record: { type: string; number: string };
  }[];
}

/** How a major incident went, written from history: what users were told, what was done and by whom. */
export function Timeline({ number }: { number: string }) {
  const { t } = useTranslation('alerts');
  const words = useWords();
  const hrefOf = useHref();
  const told = usePart<Major>('incidents', number, 'major');
  if (told.isPending) return <Skeleton rows={4} height={24} />;
  if (told.isError) return <Refusal error={told.error} />;
  return (
    <div className="tline">
      <p className="q2 s">
        {t('major.reports', { count: told.data.reports })}
        {told.data.joined > 0 ? ` · ${t('outage.hit', { count: told.data.joined })}` : null}
      </p>
      <ol>
        {told.data.items.map((one) => (
          <li key={one.id} className={`tline-${one.kind}`}>
            <When at={one.at} className="q num nw s" />
            <span>
              <span className="b">{words.past(one.name)}</span>{' '}
              {one.record.number === number ? null : (
                <a className="u num" href={hrefOf(one.record.number, one.record.type)}>
                  {one.record.number}
                </a>
              )}{' '}
              <span className="q2">{one.actor.name ?? t(`by.${one.actor.kind}` as 'by.rule')}</span>
              {one.text ? <span className="tline-t">{one.text}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
