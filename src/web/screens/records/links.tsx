import { useTranslation } from 'react-i18next';
import { usePart } from '../../api/queries';
import type { Link, Page, RecordRow } from '../../api/types';
import { Section } from '../../kit/facts';
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
  const items = [
    ...first.map((one) => ({ ...one, id: one.number })),
    ...(links.data?.items ?? []).map((link) => ({
      id: link.id,
      number: link.record.number,
      name: link.record.title ?? link.record.name ?? '',
      kind: `${link.of ? `${link.of.number}: ` : ''}${t(`link.${link.kind}_${link.direction}` as 'link.relates_out', words.choice('link', link.kind))}`,
    })),
  ];
  if (items.length === 0) return null;
  return (
    <Section title={t('links')} note={items.length}>
      {items.map((one) => (
        <a className="mini" key={one.id} href={hrefOf(one.number)}>
          <span className="cut" title={one.name}>
            <span className="num q">{one.number}</span> {one.name}
          </span>
          <span className="s q nw">{one.kind}</span>
        </a>
      ))}
    </Section>
  );
}
