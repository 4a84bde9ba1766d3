import './filter-bar.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './glyphs';

/** Any-of filters written as text; Enter applies, Escape gives the old ones back. */
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
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (focusAt) input.current?.focus();
  }, [focusAt]);
  const last = text.split(/\s+/).at(-1) ?? '';
  const [field, part] = last.includes(':')
    ? [last.slice(0, last.indexOf(':')).replace(/^-/, ''), last.slice(last.indexOf(':') + 1)]
    : [null, last];
  const offered = (field ? (suggestions[field] ?? []) : Object.keys(suggestions))
    .filter((name) => name.startsWith(part ?? '') && name !== part)
    .slice(0, 10);
  const take = (name: string) => {
    const head = text.slice(0, text.length - last.length);
    const written = field
      ? `${last.slice(0, last.indexOf(':') + 1)}${/\s/.test(name) ? `"${name}"` : name} `
      : `${name}:`;
    setText(head + written);
    input.current?.focus();
  };
  return (
    <form
      className="filter"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        setOpen(false);
        onChange(text.trim());
      }}
    >
      <Icon name="filter" />
      <input
        ref={input}
        value={text}
        aria-label={t('filter.label')}
        placeholder={t('filter.hint')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setText(value);
            input.current?.blur();
          } else if (event.key === 'Tab' && open && offered[0] && part) {
            event.preventDefault();
            take(offered[0]);
          }
        }}
      />
      {open && offered.length ? (
        <div className="filter-pop">
          {offered.map((name) => (
            <button
              key={name}
              type="button"
              tabIndex={-1}
              onMouseDown={(event) => {
                event.preventDefault();
                take(name);
              }}
            >
              {field ? name : `${name}:`}
            </button>
          ))}
        </div>
      ) : null}
      {end}
    </form>
  );
}
