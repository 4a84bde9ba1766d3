import type { SelectHTMLAttributes } from 'react';
import { type Choose, type TopicChoice, waysOfTelling } from '../api/notices';
import { useWords } from '../words/use-words';

/** The ways to choose from, in words. */
export function Ways({ ways }: { ways: readonly string[] }) {
  const words = useWords();
  return ways.map((way) => (
    <option key={way} value={way}>
      {words.choice('way', way)}
    </option>
  ));
}

/** How messages of one kind come; choosing keeps it. */
export function WayOf({
  one,
  choose,
  ...more
}: { one: TopicChoice; choose: Choose } & Pick<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'aria-label'>) {
  return (
    <select
      {...more}
      className="input"
      value={one.way}
      onChange={(event) => void choose({ ways: { [one.topic]: event.target.value } })}
    >
      <Ways ways={waysOfTelling} />
    </select>
  );
}
