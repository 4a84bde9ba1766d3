import channels from './channels.json';
import commons from './commons.json';
import kept from './kept.json';
import kernel from './kernel.json';
import practices from './practices.json';

/** Every sentence the server says, as it says it in English, with its German form: `{0}` is the same value in both. */
export const sentences: Readonly<Record<string, string>> = {
  ...kernel,
  ...commons,
  ...practices,
  ...channels,
  ...kept,
};
