import { isUtf8 } from 'node:buffer';
import { Refusal } from '../../kernel/refusal';

/** No input of this product is nested so deep; what is deeper is meant to exhaust whoever walks it. */
const deepest = 64;

/** How deep a JSON text is nested, told without reading it as a tree. */
export function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (quoted) {
      if (letter === 92) at++;
      else if (letter === 34) quoted = false;
    } else if (letter === 34) quoted = true;
    else if (letter === 123 || letter === 91) most = Math.max(most, ++depth);
    else if (letter === 125 || letter === 93) depth--;
  }
  return most;
}

/** The text of a body. Throws 400 for bytes that are no UTF-8: read anyhow they would be kept as something else. */
export function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Refusal('malformed', 'The body is not UTF-8.');
  return bytes.toString('utf8');
}

/** Reads a body. Throws 400 for what is no JSON or nested too deep. */
export function readJson(text: string): unknown {
  if (depthOf(text) > deepest) throw new Refusal('malformed', `The body is nested deeper than ${deepest} levels.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('malformed', 'The body is not JSON.');
  }
}
