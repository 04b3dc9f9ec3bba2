import { log } from '#platform/telemetry/log.ts';
import { span } from '#platform/telemetry/span.ts';
import type { Gateway } from '../gateway.ts';
import type { GraphQLResult } from '../http/response.ts';
import type { GatewayRequest } from '../request.ts';
import { OperationUsage } from '../telemetry/usage/operation-usage.ts';

/** Runs a step of a subscription in a gateway's pipeline, with its usage and its span; never rejects. */
export async function runInPipeline(
  gateway: Gateway,
  request: GatewayRequest,
  tracedShare?: number,
): Promise<GraphQLResult> {
  if (tracedShare !== undefined) request.usage = new OperationUsage(tracedShare);
  const { traceparent, requestId } = request;
  const attributes = () => ({ 'graphql.operation.name': request.operation });
  const result = await span('graphql subscription', { kind: 'SERVER', traceparent, attributes }, (spanTraceparent) => {
    request.traceparent = spanTraceparent;
    return gateway.runSubscription(request);
  });
  request.counts.errors += result.errors?.length ?? 0;
  await gateway.flush().catch((error: Error) => log.error('work after the step failed', { requestId, error }));
  return result;
}
