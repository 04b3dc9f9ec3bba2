import { hash } from 'node:crypto';

/** Returns the id of a document: the SHA-256 of its text in hexadecimal. */
export function idOf(text: string): string {
  return hash('sha256', text);
}
