import './term.css';
import { Tooltip } from '@mantine/core';
import i18next from 'i18next';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

/** A word of the house with its one-sentence explanation on hover and focus; a word without one is just a word. */
export function Term({ name, children }: { name: string; children: ReactNode }) {
  // Asking through the hook draws the word anew when the language changes.
  const { t } = useTranslation('terms');
  const id = useId();
  if (!i18next.exists(`terms:${name}`)) return children;
  const sentence = t(name as 'state');
  return (
    <Tooltip
      label={sentence}
      multiline
      w={264}
      openDelay={300}
      events={{ hover: true, focus: true, touch: true }}
      position="bottom-start"
      withinPortal
    >
      <button type="button" className="term" aria-describedby={id}>
        {children}
        <span id={id} hidden>
          {sentence}
        </span>
      </button>
    </Tooltip>
  );
}
