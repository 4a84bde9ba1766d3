import './menu.css';
import { Popover } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { Key } from './marks';

export interface MenuItem {
  id: string;
  label: string;
  key?: string;
  refused?: string;
  /** Only where the bar has no room for it. */
  narrow?: boolean;
  run: () => void;
}

/** A button that opens a few more things to do; arrows move in it, Escape closes it. */
export function Menu({ label, items, children }: { label: string; items: MenuItem[]; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const all = [...(list.current?.querySelectorAll<HTMLButtonElement>('[role="menuitem"]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % all.length)?.focus();
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" offset={4} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="verb"
          aria-label={label}
          aria-haspopup="menu"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="pop menu" role="menu" aria-label={label} onKeyDown={move}>
        <div ref={list}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role="menuitem"
              className={item.narrow ? 'menu-i narrow' : 'menu-i'}
              aria-disabled={item.refused ? true : undefined}
              title={item.refused}
              onClick={() => {
                if (item.refused) return;
                setOpen(false);
                item.run();
              }}
            >
              <span>{item.label}</span>
              {item.refused ? <span className="s q">{item.refused}</span> : null}
              {item.key ? (
                <span className="end">
                  <Key>{item.key.toUpperCase()}</Key>
                </span>
              ) : null}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
