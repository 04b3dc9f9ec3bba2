import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, Context as LambdaContext } from 'aws-lambda';
import type { SubgraphRequest } from '#platform/envelope.ts';
import type { Viewer } from '#platform/viewer.ts';
import { traceparentOfXray, xrayHeader } from '#platform/xray.ts';
import { forwardedHeaders, HEADER_RULES, ReturnedHeaders } from './header-rules.ts';
import type { OperationUsage } from './usage/operation-usage.ts';

/** What the gateway knows of a client's request: the parts of the envelope that are the same for each subgraph. */
export interface GatewayContext extends Pick<SubgraphRequest, 'requestId' | 'traceparent' | 'deadline'> {
  viewer?: Viewer;
  counts?: RequestCounts;
  /** What is noted of the operation for Apollo Studio. */
  usage?: OperationUsage;
  /** Client headers that the rules send to subgraphs. */
  forwarded?: Record<string, string>;
  /** Subgraph headers that the rules send to the client. */
  returned?: ReturnedHeaders;
}

/** What is counted of a request while it is answered. */
export interface RequestCounts {
  /** The registered operation that it asks for. */
  operation?: string;
  subgraphCalls: number;
  /** Calls of subgraphs that came to nothing. */
  failedCalls: number;
  usage?: OperationUsage;
}

const countsByInvocation = new WeakMap<object, RequestCounts>();

/** The counts of the request that an invocation is for. */
export function countsOf(lambda: LambdaContext): RequestCounts {
  const known = countsByInvocation.get(lambda) ?? { subgraphCalls: 0, failedCalls: 0 };
  countsByInvocation.set(lambda, known);
  return known;
}

/** Milliseconds kept back of an invocation, to send an answer when a subgraph is late. */
const TO_ANSWER_MS = 500;

/** Makes the context of a client's request to the function. */
export async function gatewayContext(
  event: APIGatewayProxyEventV2,
  lambda: LambdaContext,
  verify: (authorization: string | undefined) => Promise<Viewer | undefined>,
): Promise<GatewayContext> {
  const viewer = await verify(event.headers?.authorization);
  const counts = countsOf(lambda);
  return {
    ...requestContext(event.headers ?? {}, lambda.getRemainingTimeInMillis() - TO_ANSWER_MS),
    requestId: event.requestContext?.requestId ?? randomUUID(),
    counts,
    ...(counts.usage && { usage: counts.usage }),
    ...(viewer && { viewer }),
  };
}

/** The context of a request with these headers, in lower case, that must be answered in so many milliseconds. */
export function requestContext(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  milliseconds: number,
  rules = HEADER_RULES,
): GatewayContext {
  const forwarded = forwardedHeaders(headers, rules);
  return {
    requestId: randomUUID(),
    traceparent: traceparentFrom(headers.traceparent),
    deadline: Date.now() + milliseconds,
    returned: new ReturnedHeaders(rules),
    ...(forwarded && { forwarded }),
  };
}

/** The client's trace context, or Lambda's own, or a new trace; https://www.w3.org/TR/trace-context/#traceparent-header */
export function traceparentFrom(header: string | string[] | undefined): string {
  const isValid = typeof header === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header);
  return isValid ? header : (traceparentOfXray(xrayHeader()) ?? `00-${digits(32)}-${digits(16)}-00`);
}

/** Random hexadecimal digits, of which a UUID has 32: Node makes those in advance. */
function digits(count: number): string {
  return randomUUID().replaceAll('-', '').slice(0, count);
}
