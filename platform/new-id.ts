import { randomUUID } from 'node:crypto';

/** Returns a new UUID without dashes, so that it can end a slug. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}
