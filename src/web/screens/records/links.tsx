import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, sentenceOf } from '../../api/client';
import { settle, usePart } from '../../api/queries';
import type { Link, Page, RecordRow } from '../../api/types';
import { Section } from '../../kit/facts';
import { Icon } from '../../kit/glyphs';
import { say } from '../../kit/toast';
import { type Answered, useDone } from '../../shell/use-done';
import { useHref } from '../../shell/use-href';
import { useWords } from '../../words/use-words';

/** What a record is tied to, from both ends; further ties it names in its own fields stand before them. */
export function Links({
  plural,
  record,
  first = [],
}: {
  plural: string;
  record: RecordRow;
  first?: { number: string; name: string; kind: string }[];
}) {
  const { t } = useTranslation('incident');
  const words = useWords();
  const hrefOf = useHref();
  const links = usePart<Page<Link>>(plural, record.number, 'links');
  const client = useQueryClient();
  const done = useDone();
  const may = record.offers?.includes('unlink') ?? false;
  const unlink = async (id: string) => {
    try {
      const gone = await ask<Answered>(`/${plural}/${encodeURIComponent(record.number)}/links/${id}`, {
        method: 'DELETE',
      });
      settle(client, plural, record.number);
      done(plural, record.number, `${record.number}: ${words.past('unlinked')}`, gone);
    } catch (error) {
      say(sentenceOf(error), { tone: 'broken' });
    }
  };
  const items = [
    ...first.map((one) => ({ ...one, id: one.number, own: false })),
    ...(links.data?.items ?? []).map((link) => ({
      id: link.id,
      // What hangs on a record that was merged is taken away there.
      own: !link.of,
      number: link.record.number,
      name: link.record.title ?? link.record.name ?? '',
      kind: `${link.of ? `${link.of.number}: ` : ''}${t(`link.${link.kind}_${link.direction}` as 'link.relates_out', words.choice('link', link.kind))}`,
    })),
  ];
  if (items.length === 0) return null;
  return (
    <Section title={t('links')} note={items.length}>
      {items.map((one) => (
        <div className="tie" key={one.id}>
          <a className="mini" href={hrefOf(one.number)}>
            <span className="cut" title={one.name}>
              <span className="num q">{one.number}</span> {one.name}
            </span>
            <span className="s q nw">{one.kind}</span>
          </a>
          {may && one.own ? (
            <button
              type="button"
              className="icon-btn"
              aria-label={t('unlink', { number: one.number })}
              onClick={() => void unlink(one.id)}
            >
              <Icon name="close" />
            </button>
          ) : null}
        </div>
      ))}
    </Section>
  );
}
