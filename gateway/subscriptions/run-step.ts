import { HEADER_RULES } from 'graph:header-rules.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import { contracts, gateway, tracedShare } from '../deployed-gateway.ts';
import type { GraphQLResult } from '../http/response.ts';
import { measureRequest } from '../telemetry/request-metrics.ts';
import { writeUsage } from '../telemetry/usage/usage-line.ts';
import { runInPipeline } from './pipeline.ts';
import { pathOf, type StepRequest, stepRequest } from './subscription-request.ts';

/** Runs a step of a subscription in the pipeline of the client's graph, and records it like a request over HTTP. */
export async function runStep(step: StepRequest): Promise<GraphQLResult> {
  const began = monotonicNow();
  const request = stepRequest(step, HEADER_RULES);
  const graph = step.client.contract === undefined ? gateway : contracts.gatewayFor(pathOf(step.client));
  if (!graph) return { errors: [NO_CONTRACT] };
  const result = await runInPipeline(graph, request, tracedShare);
  const status = result.http?.status ?? 200;
  const sent = { bytes: 0, milliseconds: monotonicNow() - began };
  measureRequest(request, { status, headers: {}, body: '' }, sent);
  if (request.usage) writeUsage(request.usage, request.http);
  return result;
}

const NO_CONTRACT = { message: 'The graph has no such contract any more.', extensions: { code: 'BAD_REQUEST' } };
