import { type Sentence, say } from '../../kernel/sentence.contract';

/** What may be attached, by the end of its name; what comes in under another type is told by its first bytes. */
const allowed: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  bmp: 'image/bmp',
  pdf: 'application/pdf',
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  yaml: 'text/plain',
  yml: 'text/plain',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  ics: 'text/calendar',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  zip: 'application/zip',
  gz: 'application/gzip',
  '7z': 'application/x-7z-compressed',
  pcap: 'application/vnd.tcpdump.pcap',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
};

const signatures: [string, RegExp][] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^47494638/],
  ['application/pdf', /^255044462d/],
  ['application/gzip', /^1f8b/],
];
const programs = [/^4d5a/, /^7f454c46/, /^cafebabe/, /^feedfa/, /^cffaedfe/, /^2321/];
const zipped = /zip|openxml|opendocument/;

/**
 * The media type under which a file is kept, or a sentence why it is refused: an unknown kind, a program, or bytes that
 * are not what the name says.
 */
export function mediaTypeOf(name: string, content: Buffer): { media_type: string } | { refused: Sentence } {
  const end = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const media = allowed[end];
  if (!media)
    return {
      refused: end
        ? say`Files of kind .${end} are not taken. Pack it as .zip.`
        : say`Files without a kind in their name are not taken. Pack it as .zip.`,
    };
  const head = content.subarray(0, 8).toString('hex');
  if (programs.some((pattern) => pattern.test(head))) return { refused: say`Programs are not taken.` };
  const known = signatures.find(([type]) => type === media);
  if (known && !known[1].test(head)) return { refused: say`This is not what its name says: it is no .${end}.` };
  if (zipped.test(media) && !/^504b/.test(head))
    return { refused: say`This is not what its name says: it is no .${end}.` };
  const other = signatures.find(([, pattern]) => pattern.test(head));
  if (other && other[0] !== media) return { refused: say`This is not what its name says: it is no .${end}.` };
  return { media_type: media };
}
