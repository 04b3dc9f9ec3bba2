import { coldStart, logAnswer, measure } from '#platform/telemetry/metrics.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';
import type { GatewayRequest } from '../request.ts';

/** Size and duration of a response, up to its last byte. */
export interface Sent {
  bytes: number;
  milliseconds: number;
}

/** Writes a request's metrics, by registered operation; all other operations share one dimension. */
export function measureRequest(request: GatewayRequest, response: HttpResponse, sent: Sent): void {
  const { operation = 'unregistered', counts, requestId, traceparent, http } = request;
  measure('answered', {
    dimensions: { operation },
    counts: {
      Requests: 1,
      Errors: Number(counts.errors > 0),
      ColdStarts: coldStart(),
      SubgraphCalls: counts.subgraphCalls,
      FailedSubgraphCalls: counts.failedCalls,
    },
    milliseconds: { Latency: Math.round(sent.milliseconds) },
    properties: { requestId, traceparent, ...accessOf(http, response, sent) },
  });
}

/** Writes the log line of a request outside of GraphQL, without metrics: a preflight, a health check, an unknown path. */
export function logOther(requestId: string, http: HttpRequest, response: HttpResponse, sent: Sent): void {
  logAnswer({ requestId, ...accessOf(http, response, sent), Latency: Math.round(sent.milliseconds) });
}

const MAX_PATH = 100;

/** Returns the access log's fields of a request. */
function accessOf({ method, path, ip }: HttpRequest, { status }: HttpResponse, { bytes }: Sent) {
  return { route: `${method} ${path.slice(0, MAX_PATH)}`, status, ip, bytes };
}
