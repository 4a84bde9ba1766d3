import { useTranslation } from 'react-i18next';
import type { FieldMeta, Ref } from '../api/types';
import { hoursWords } from '../words/hours';
import { useWords } from '../words/use-words';
import { PriorityMark, StatePill, When, Who } from './marks';

/** The value of any field, as people read it. */
export function Value({
  field,
  value,
  hrefOf,
  inside = false,
  full = false,
}: {
  field: FieldMeta;
  value: unknown;
  hrefOf?: (number: string) => string | undefined;
  /** Whether it stands inside a structure. */
  inside?: boolean;
  /** Whether an instant keeps its time, however long ago it was: there is room. */
  full?: boolean;
}) {
  const words = useWords();
  const { t } = useTranslation('kit');
  if (value === null || value === undefined || value === '') return null;
  if (field.name === 'state') return <StatePill state={String(value)} />;
  if (field.name === 'priority') return <PriorityMark priority={Number(value)} named />;
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    if (typeof value[0] === 'object' && !('number' in (value[0] as object))) {
      return value.map((one, index) => (
        <span className="pair" key={`${index + 1}`}>
          {Array.isArray(one) ? one.join('–') : <Pairs value={one as Record<string, unknown>} hrefOf={hrefOf} />}
        </span>
      ));
    }
    if (typeof value[0] === 'object') {
      return value.map((one, index) => (
        <span key={(one as Ref).number ?? index}>
          {index ? ', ' : ''}
          <RefValue value={one as Ref} hrefOf={hrefOf} />
        </span>
      ));
    }
    if (field.name === 'fields') return value.map((one) => words.field(String(one))).join(', ');
    if (field.name === 'states') return value.map((one) => words.state(String(one))).join(', ');
    const choice = field.name.replace(/^tell_/, '');
    return value.map((one) => words.choice(choice, String(one), String(one))).join(', ');
  }
  if (typeof value === 'object') {
    if ('number' in value) return <RefValue value={value as Ref} hrefOf={hrefOf} person={field.to === 'person'} />;
    if ('amount' in value) {
      const money = value as { amount: string; currency: string };
      return new Intl.NumberFormat(words.language, { style: 'currency', currency: money.currency }).format(
        Number(money.amount),
      );
    }
    return <Pairs value={value as Record<string, unknown>} hrefOf={hrefOf} />;
  }
  if (field.name === 'record_type') return words.type(String(value));
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (field.kind === 'instant') return <When at={String(value)} full={full} />;
  if (field.kind === 'date') return words.date(String(value));
  if (field.kind === 'choice' || field.choices?.length) return words.choice(field.name, String(value));
  if (typeof value === 'number') return <span className="num">{words.number(value, 2)}</span>;
  // Inside a structure nothing says what kind a value is: the word of a choice looks like one.
  if (inside && /^[a-z_]+$/.test(String(value))) return words.choice(field.name, String(value), String(value));
  return String(value);
}

function RefValue({
  value,
  hrefOf,
  person,
}: {
  value: Ref;
  hrefOf?: (number: string) => string | undefined;
  person?: boolean;
}) {
  const href = hrefOf?.(value.number);
  const name = (
    <>
      {person ? (
        <>
          <Who name={value.name} />{' '}
        </>
      ) : null}
      {value.name}
    </>
  );
  return href ? (
    <a className="u" href={href}>
      {name}
    </a>
  ) : (
    name
  );
}

/** A structure nobody drew a view for: its names and values, one below the other; hours and verbs in words. */
function Pairs({ value, hrefOf }: { value: Record<string, unknown>; hrefOf?: (number: string) => string | undefined }) {
  const words = useWords();
  if (typeof value.from === 'string' && typeof value.until === 'string') {
    const { days, from, until, ...rest } = value;
    return (
      <>
        <span className="pair">{hoursWords({ days, from, until }, words.language)}</span>
        {/* Who stands beside hours is who works in them: their names need no word before them. */}
        {Object.entries(rest).map(([name, one]) => (
          <span className="pair" key={name}>
            <Value field={{ name, kind: 'text' }} value={one} hrefOf={hrefOf} inside />
          </span>
        ))}
      </>
    );
  }
  if (typeof value.verb === 'string') {
    const { verb, input, ...rest } = value;
    return (
      <>
        <span className="pair b">{words.verb(value.verb)}</span>
        <Rest value={{ ...(input as Record<string, unknown> | null), ...rest }} hrefOf={hrefOf} />
      </>
    );
  }
  return <Rest value={value} hrefOf={hrefOf} />;
}

function Rest({ value, hrefOf }: { value: Record<string, unknown>; hrefOf?: (number: string) => string | undefined }) {
  const words = useWords();
  return Object.entries(value).map(([name, one]) => (
    <span className="pair" key={name}>
      <span className="q2">{words.field(name)}</span>{' '}
      <Value field={{ name, kind: 'text' }} value={one} hrefOf={hrefOf} inside />
    </span>
  ));
}
