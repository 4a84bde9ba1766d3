import { Section } from '../../../kit/facts';
import { useWords } from '../../../words/use-words';
import { MatrixView } from '../editors/matrix';
import type { Side } from './side';

/** The priority matrix of an incident model, as a table. */
export default function Matrix({ record }: Side) {
  const words = useWords();
  const matrix = record.matrix;
  if (!matrix || typeof matrix !== 'object') return null;
  return (
    <Section title={words.field('matrix')}>
      <MatrixView value={matrix as Record<string, number>} />
    </Section>
  );
}
