import type { RecordRow } from '../../api/types';
import { Section } from '../../kit/facts';
import { Markdown } from '../../kit/markdown';
import { useHref } from '../../shell/use-href';
import { textOf } from '../../words/record';
import { useWords } from '../../words/use-words';

/** Long texts of a record, each under its name; what is empty is left out. */
export function Texts({ record, fields }: { record: RecordRow; fields: readonly string[] }) {
  const words = useWords();
  const hrefOf = useHref();
  return fields
    .filter((field) => textOf(record, field))
    .map((field) => (
      <Section key={field} title={words.field(field)}>
        <Markdown text={textOf(record, field)} hrefOf={hrefOf} />
      </Section>
    ));
}
