import { createHash } from 'node:crypto';

/** Returns the id of a document: the SHA-256 of its text in hexadecimal. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
