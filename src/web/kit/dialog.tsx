import './dialog.css';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './glyphs';
import './verb-bar.css';

/** A thing that floats and asks: the browser's own dialog keeps the focus and gives it back. */
export function Dialog({
  title,
  lede,
  onClose,
  onSubmit,
  children,
  foot,
  wide = false,
}: {
  title: string;
  lede?: ReactNode;
  onClose: () => void;
  onSubmit?: () => void;
  children: ReactNode;
  foot?: ReactNode;
  wide?: boolean;
}) {
  const { t } = useTranslation('kit');
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = box.current;
    const before = document.activeElement as HTMLElement | null;
    element?.showModal();
    const first = element?.querySelector<HTMLElement>('[data-autofocus], input, textarea, select, [role="combobox"]');
    first?.focus();
    return () => {
      element?.close();
      before?.focus?.();
    };
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <dialog
      ref={box}
      className={wide ? 'dlg wide' : 'dlg'}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === box.current) onClose();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onSubmit?.();
        }
      }}
    >
      <form className="dlg-in" onSubmit={submit} noValidate>
        <header className="dlg-h">
          <h2>{title}</h2>
          <button type="button" className="icon-btn" aria-label={t('close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {lede ? <p className="q2 dlg-lede">{lede}</p> : null}
        <div className="dlg-body">{children}</div>
        {foot ? <footer className="dlg-f">{foot}</footer> : null}
      </form>
    </dialog>
  );
}
