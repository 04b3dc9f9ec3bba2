import { coldStart, measure } from '#platform/telemetry/metrics.ts';
import type { HttpResponse } from '../http/http-message.ts';
import type { GatewayRequest } from '../request.ts';

/** Writes a request's metrics, by registered operation; all other operations share one dimension. */
export function measureRequest(request: GatewayRequest, { status, body }: HttpResponse, milliseconds: number): void {
  const { operation = 'unregistered', counts, requestId, traceparent } = request;
  measure('answered', {
    dimensions: { operation },
    counts: {
      Requests: 1,
      Errors: Number(body.startsWith('{"errors"')),
      ColdStarts: coldStart(),
      SubgraphCalls: counts.subgraphCalls,
      FailedSubgraphCalls: counts.failedCalls,
    },
    milliseconds: { Latency: Math.round(milliseconds) },
    properties: { requestId, traceparent, status },
  });
}
