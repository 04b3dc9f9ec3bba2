import { randomBytes, randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import type { SubgraphRequest } from '#platform/envelope.ts';
import type { Viewer } from '#platform/viewer.ts';

/** What the gateway knows of a client's request: the parts of the envelope that are the same for each subgraph. */
export type GatewayContext = Pick<SubgraphRequest, 'requestId' | 'traceparent' | 'deadline'> & { viewer?: Viewer };

/** Milliseconds kept back of an invocation, to send an answer when a subgraph is late. */
const TO_ANSWER_MS = 500;

/** Makes the context of a client's request. */
export async function gatewayContext(
  event: APIGatewayProxyEventV2,
  lambda: LambdaContext,
  verify: (authorization: string | undefined) => Promise<Viewer | undefined>,
): Promise<GatewayContext> {
  const viewer = await verify(event.headers?.authorization);
  return {
    requestId: event.requestContext?.requestId ?? randomUUID(),
    traceparent: traceparentFrom(event.headers?.traceparent),
    deadline: Date.now() + lambda.getRemainingTimeInMillis() - TO_ANSWER_MS,
    ...(viewer && { viewer }),
  };
}

/** The client's trace context, or a new trace; https://www.w3.org/TR/trace-context/#traceparent-header */
function traceparentFrom(header: string | undefined): string {
  if (header && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header)) return header;
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}
