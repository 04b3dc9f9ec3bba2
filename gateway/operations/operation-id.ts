import { createHash } from 'node:crypto';

/** Returns the id of an operation's text: its SHA-256, in hexadecimal digits. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
