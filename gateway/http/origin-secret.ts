import { hash, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from './http-message.ts';

/** CloudFront adds this header to each request; requests without it bypass the firewall. */
const HEADER = 'x-origin-secret';

/** Returns a check that a request came through CloudFront; always true without a secret. */
export function originCheck(secret: string | undefined): (request: Pick<HttpRequest, 'headers'>) => boolean {
  if (secret === undefined) return () => true;
  const expected = digest(secret);
  return ({ headers }) => timingSafeEqual(digest(headers[HEADER] ?? ''), expected);
}

/** Hashes a secret: `timingSafeEqual` needs equal lengths. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
