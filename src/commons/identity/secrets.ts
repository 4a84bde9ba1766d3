import { createHash, randomBytes } from 'node:crypto';

/** A secret nobody can guess: 32 random bytes, as text. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Secrets are long and random, so a fast hash keeps them; passwords are not, see `passwords.ts`. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
