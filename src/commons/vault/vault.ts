import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps texts that must be read again but by nobody who holds the database alone. */
export interface Vault {
  /** `about` binds the text to its place: sealed for one it cannot be opened for another. */
  seal(text: string, about: string): string;
  /** The text; undefined when it was sealed under another secret, for another place, or was changed. */
  open(sealed: string, about: string): string | undefined;
}

const form = 'sealed1';

/** Does a text look like one a vault has sealed? */
export function isSealed(text: string): boolean {
  return text.startsWith(`${form}.`);
}

/**
 * AES-256-GCM under a key derived from the installation's secret. A sealed text begins with the name of its key, so that a
 * changed secret is told from a damaged text.
 */
export function vaultOf(secret: string): Vault {
  const key = Buffer.from(hkdfSync('sha256', secret, 'throughline', 'what is sealed in the database', 32));
  const name = createHash('sha256').update('name').update(key).digest('base64url').slice(0, 8);
  return {
    seal(text, about) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${form}.${name}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, about) {
      const [kind, of, content] = sealed.split('.');
      if (kind !== form || of !== name || !content) return undefined;
      const bytes = Buffer.from(content, 'base64url');
      if (bytes.length < 28) return undefined;
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
