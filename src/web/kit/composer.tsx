import './composer.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../api/client';
import { useDraft } from '../words/use-draft';
import { useWords } from '../words/use-words';
import { Icon } from './glyphs';
import { Key } from './marks';
import { useMentions } from './mention';
import { Restored } from './restored';
import { Refusal } from './states';

export type Mode = 'comment' | 'note';

/** Where people write: an answer to the requester or a note to the team, with its draft, files and what follows. */
export function Composer({
  name,
  mode,
  onMode,
  to,
  send,
  attach,
  then,
  tools,
  further,
  typed,
  focusAt,
  may,
  placeholder,
  title,
  answer,
}: {
  name: string;
  mode: Mode;
  onMode?: (mode: Mode) => void;
  to: string;
  send: (text: string) => Promise<unknown>;
  attach?: (file: File) => Promise<unknown>;
  then?: ReactNode;
  /** Templates and the like, beside the file. */
  tools?: ReactNode;
  /** Sends and does more: an answer, then on to the next. */
  further?: { label: string; run: (text: string) => Promise<unknown> };
  /** Told while somebody types. */
  typed?: (mode: Mode, text: string) => void;
  /** Changes when the composer should take the focus. */
  focusAt?: number;
  may: { comment: boolean; note: boolean };
  placeholder?: string;
  /** What writing is called here, where it is no answer. */
  title?: string;
  /** What a text is called that is for everybody who sees the record, where it is no answer to somebody. */
  answer?: string;
}) {
  const { t } = useTranslation('kit');
  const words = useWords();
  const [text, write, keptAt, restored] = useDraft(`${name}.${mode}`);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  // Only a new wish takes the focus; being drawn again does not.
  const asked = useRef(focusAt);

  useEffect(() => {
    if (focusAt && focusAt !== asked.current) area.current?.focus();
    asked.current = focusAt;
  }, [focusAt]);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 240)}px`;
  }, [text]);
  useEffect(() => setRefusal(null), [name]);

  // Only the team names people: a requester does not see who else there is.
  const mentions = useMentions(area, text, write, may.note);
  const sendFile = (file: File | undefined) => {
    if (file && attach) attach(file).catch((error: unknown) => setRefusal(new Error(sentenceOf(error))));
  };
  const submit = async (how: (text: string) => Promise<unknown> = send) => {
    if (!text.trim() || busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      await how(text);
      write('');
      typed?.(mode, '');
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const other: Mode = mode === 'comment' ? 'note' : 'comment';
  return (
    <form
      className={`compose${mode === 'note' ? ' team' : ''}${over ? ' over' : ''}`}
      onDragOver={(event) => {
        if (!attach || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!attach || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        for (const file of event.dataTransfer.files) sendFile(file);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="to">
        <span className="b">{title ?? (mode === 'note' ? t('talk.note') : (answer ?? t('talk.answer')))}</span>
        <span className="q cut">{mode === 'note' ? t('talk.team_only') : to}</span>
        {onMode && may[other] ? (
          <button type="button" className="q2 end mode" onClick={() => onMode(other)}>
            {other === 'note' ? t('talk.note') : (answer ?? t('talk.answer'))} <Key>{other === 'note' ? 'N' : 'R'}</Key>
          </button>
        ) : null}
      </p>
      <textarea
        ref={area}
        rows={2}
        value={text}
        aria-label={mode === 'note' ? t('talk.write_note') : (answer ?? t('talk.write_answer'))}
        placeholder={placeholder}
        {...mentions.ids}
        onChange={(event) => {
          write(event.target.value);
          typed?.(mode, event.target.value);
          mentions.follow();
        }}
        onSelect={mentions.follow}
        onKeyDown={(event) => {
          if (mentions.press(event)) return;
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void submit(event.shiftKey && further ? further.run : send);
          } else if (event.key === 'Escape') {
            area.current?.blur();
          }
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData.files[0];
          if (!pasted || !attach) return;
          event.preventDefault();
          sendFile(pasted);
        }}
      />
      {mentions.list}
      {refusal ? <Refusal error={refusal} /> : null}
      <div className="s q foot">
        {keptAt && restored ? (
          <Restored at={keptAt} onDiscard={() => write('')} />
        ) : keptAt ? (
          <span className="nw">{t('talk.kept', { at: words.time(keptAt) })}</span>
        ) : (
          <span className="nw">{title ? null : t('talk.markdown')}</span>
        )}
        {attach ? (
          <>
            <button type="button" className="nw att" onClick={() => file.current?.click()}>
              {t('talk.attach')} <Icon name="clip" />
            </button>
            <input
              ref={file}
              type="file"
              hidden
              onChange={(event) => {
                sendFile(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </>
        ) : null}
        {tools}
        <span className="end nw then">{then}</span>
        {further ? (
          <button
            type="button"
            className="btn"
            disabled={!text.trim() || busy}
            onClick={() => void submit(further.run)}
          >
            {further.label} <Key>Ctrl ⇧ ↵</Key>
          </button>
        ) : null}
        <button type="submit" className="btn main" disabled={!text.trim() || busy}>
          {t('talk.send')} <Key>Ctrl ↵</Key>
        </button>
      </div>
    </form>
  );
}
