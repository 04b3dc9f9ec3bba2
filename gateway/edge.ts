import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** What the edge sends with each request, so that none goes round its firewall. */
const HEADER = 'x-origin-secret';

/** Makes what tells whether a request came through the edge: each did where there is none, and so no secret. */
export function edgeCheck(secret: string | undefined): (event: APIGatewayProxyEventV2) => boolean {
  if (secret === undefined) return () => true;
  const expected = digest(secret);
  return ({ headers }) => timingSafeEqual(digest(headers[HEADER] ?? ''), expected);
}

/** Of one length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
