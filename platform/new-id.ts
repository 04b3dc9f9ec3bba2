import { randomUUID } from 'node:crypto';

/** A new id, unique everywhere: 32 hexadecimal digits, without dashes so that it can end a slug. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}
