import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from './http-message.ts';

/** CloudFront sends it with each request, so that none can bypass its firewall. */
const HEADER = 'x-origin-secret';

/** Returns a check that a request came through CloudFront; always true without a secret. */
export function originCheck(secret: string | undefined): (request: Pick<HttpRequest, 'headers'>) => boolean {
  if (secret === undefined) return () => true;
  const expected = digest(secret);
  return ({ headers }) => timingSafeEqual(digest(headers[HEADER] ?? ''), expected);
}

/** Digests have one length, as the comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
