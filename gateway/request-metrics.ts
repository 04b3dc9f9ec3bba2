import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import { coldStart, measure } from '#platform/metrics.ts';
import { countsOf } from './context.ts';

export interface Answered {
  event: APIGatewayProxyEventV2;
  lambda: LambdaContext;
  traceparent: string;
  result: APIGatewayProxyStructuredResultV2;
  milliseconds: number;
}

/** Leaves a line of metrics for a request: of the registered operation that it asked for, or of all others together. */
export function measureRequest({ event, lambda, traceparent, result, milliseconds }: Answered): void {
  const { operation = 'unregistered', subgraphCalls, failedCalls } = countsOf(lambda);
  measure('answered', {
    dimensions: { operation },
    counts: {
      Requests: 1,
      Errors: Number(result.body?.startsWith('{"errors"') ?? false),
      ColdStarts: coldStart(),
      SubgraphCalls: subgraphCalls,
      FailedSubgraphCalls: failedCalls,
    },
    milliseconds: { Latency: Math.round(milliseconds) },
    properties: { requestId: event.requestContext.requestId, traceparent, status: result.statusCode },
  });
}
