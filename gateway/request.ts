import { randomUUID } from 'node:crypto';
import type { SubgraphRequest } from '#platform/envelope.ts';
import { traceparentOfXray, xrayHeader } from '#platform/xray.ts';
import type { GraphQLParameters } from './http/graphql-parameters.ts';
import { forwardedHeaders, type HeaderRules, ReturnedHeaders } from './http/header-rules.ts';
import type { HttpRequest } from './http/http-message.ts';
import type { OperationUsage } from './usage/operation-usage.ts';

/**
 * One client's request on its way through the gateway. Each stage adds what it finds out. The parts that
 * `SubgraphRequest` has too go to every subgraph.
 */
export interface GatewayRequest extends Pick<SubgraphRequest, 'requestId' | 'traceparent' | 'deadline' | 'viewer'> {
  readonly http: HttpRequest;
  /** Set once the body or the query string has been read. */
  parameters?: GraphQLParameters;
  /** Name of the registered operation that it asks for. */
  operation?: string;
  readonly counts: { subgraphCalls: number; failedCalls: number };
  /** What Apollo Studio is told of the operation; undefined where usage is not reported. */
  usage?: OperationUsage;
  /** Client headers that the header rules send to subgraphs. */
  forwarded?: Record<string, string>;
  /** Subgraph headers that the header rules return to the client. */
  readonly returned: ReturnedHeaders;
}

/** What the host of the gateway knows of a request. */
export interface HostFacts {
  /** The host's own id of the request; a new one if it has none. */
  requestId?: string;
  /** Milliseconds until the host answers the client itself. */
  timeLeft: number;
}

/** Time kept back to send an answer when a subgraph is late, milliseconds. */
export const TIME_TO_ANSWER = 500;

/** Starts a request's way through the gateway. */
export function gatewayRequest(http: HttpRequest, host: HostFacts, rules: HeaderRules): GatewayRequest {
  const forwarded = forwardedHeaders(http.headers, rules);
  return {
    http,
    requestId: host.requestId ?? randomUUID(),
    traceparent: traceparentFrom(http.headers.traceparent),
    deadline: Date.now() + host.timeLeft - TIME_TO_ANSWER,
    counts: { subgraphCalls: 0, failedCalls: 0 },
    returned: new ReturnedHeaders(rules),
    ...(forwarded && { forwarded }),
  };
}

/** The client's trace context, or Lambda's own, or a new trace; https://www.w3.org/TR/trace-context/#traceparent-header */
function traceparentFrom(header: string | undefined): string {
  if (header && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header)) return header;
  return traceparentOfXray(xrayHeader()) ?? `00-${digits(32)}-${digits(16)}-00`;
}

/** Random hexadecimal digits, as OpenTelemetry makes those of a trace: Node's crypto would take long to load for a refusal. */
function digits(count: number): string {
  return Array.from({ length: count }, () => Math.floor(Math.random() * 16).toString(16)).join('');
}
