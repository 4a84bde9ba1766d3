import './filter-bar.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseFilter, withTerm } from '../words/filter';
import { useWords } from '../words/use-words';
import { Icon } from './glyphs';

/** Any-of filters, written as text or clicked; Enter applies, Escape gives the old ones back. */
export function FilterBar({
  value,
  onChange,
  suggestions,
  focusAt,
  end,
}: {
  value: string;
  onChange: (text: string) => void;
  /** Field names that may be written, and for some of them their values. */
  suggestions: Record<string, string[]>;
  focusAt?: number;
  end?: ReactNode;
}) {
  const { t } = useTranslation('kit');
  const words = useWords();
  // The text keeps the names programs use; who clicks reads what they mean.
  const fieldName = (name: string): string => {
    const reference = words.field(`${name}_id`, ' ').trim();
    return words.field(name, reference || undefined);
  };
  const valueName = (of: string, name: string): string => {
    if (of === 'state' && !['open', 'done'].includes(name)) return words.state(name);
    return /^[a-z_]+$/.test(name) ? t(`filter.value.${name as 'open'}`, words.choice(of, name)) : name;
  };
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  /** The field whose values are clicked. */
  const [picked, setPicked] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (focusAt) input.current?.focus();
  }, [focusAt]);
  const last = text.endsWith(' ') ? '' : (text.split(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/).at(-1) ?? '');
  const typed = last.includes(':') ? last.slice(0, last.indexOf(':')).replace(/^-/, '') : null;
  const field = picked ?? (typed && suggestions[typed]?.length ? typed : null);
  const part = picked
    ? ''
    : typed
      ? (last
          .slice(last.indexOf(':') + 1)
          .split(',')
          .at(-1) ?? '')
      : last;
  const chosen = field
    ? (parseFilter(text).terms.find((term) => term.field === field && !term.not && term.op === '')?.values ?? [])
    : [];
  const offered = (field ? (suggestions[field] ?? []) : Object.keys(suggestions))
    .filter(
      (name) =>
        chosen.includes(name) ||
        chosen.includes(part) ||
        [name, field ? valueName(field, name) : fieldName(name)].some((one) =>
          one.toLowerCase().startsWith(part.toLowerCase()),
        ),
    )
    .slice(0, field ? 24 : 40);
  const close = () => {
    setOpen(false);
    setPicked(null);
  };
  const take = (name: string) => {
    if (field) {
      // A half-written value gives way to the clicked one.
      const kept = chosen.filter((one) => suggestions[field]?.includes(one));
      const values = kept.includes(name) ? kept.filter((one) => one !== name) : [...kept, name];
      const next = withTerm(text, field, values);
      setText(next);
      setPicked(field);
      onChange(next);
    } else if (suggestions[name]?.length) {
      setText(text.slice(0, text.length - last.length).trimEnd());
      setPicked(name);
    } else {
      setText(`${text.slice(0, text.length - last.length)}${name}:`);
    }
    input.current?.focus();
  };
  return (
    <form
      ref={box}
      className="filter"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        close();
        onChange(text.trim());
      }}
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) close();
      }}
    >
      <Icon name="filter" />
      <input
        ref={input}
        value={text}
        aria-label={t('filter.label')}
        placeholder={
          suggestions.team?.length
            ? t('filter.hint')
            : suggestions.state
              ? t('filter.hint_state', { state: suggestions.state[2] ?? suggestions.state[0] })
              : t('filter.label')
        }
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setPicked(null);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setText(value);
            close();
            input.current?.blur();
          } else if (event.key === 'Tab' && !event.shiftKey && open && offered[0] && part && part !== offered[0]) {
            event.preventDefault();
            take(offered[0]);
          }
        }}
      />
      {open && offered.length ? (
        <fieldset className="filter-pop" aria-label={t(field ? 'filter.values' : 'filter.fields')}>
          {field ? (
            <button type="button" className="filter-back" onClick={() => setPicked(null)} aria-label={t('filter.back')}>
              <Icon name="back" /> {fieldName(field)}
            </button>
          ) : null}
          {offered.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={field ? chosen.includes(name) : undefined}
              onMouseDown={(event) => event.preventDefault()}
              title={name}
              onClick={() => take(name)}
            >
              {field ? valueName(field, name) : fieldName(name)}
            </button>
          ))}
        </fieldset>
      ) : null}
      {end}
    </form>
  );
}
