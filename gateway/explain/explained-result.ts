import type { OmittedExplanation } from '#platform/telemetry/explanation.ts';
import { recordRun } from '#platform/telemetry/record-run.ts';
import { jsonBody } from '../http/json-body.ts';
import { type GraphQLResult, resultMembers } from '../http/response.ts';
import type { Limits } from '../limits/limits.ts';
import type { GatewayRequest } from '../request.ts';
import { RequestExplanation } from './request-explanation.ts';

interface Facts {
  /** Milliseconds of a cold start. */
  init: number | undefined;
  limits: Limits;
}

const OMITTED: OmittedExplanation = { omitted: 'With the explanation, the response would exceed its size limit.' };

/** Returns the result of a request with its explanation in `extensions.explain`. It may not be cached. */
export async function explainedResult(
  request: GatewayRequest,
  { init, limits }: Facts,
  run: () => Promise<GraphQLResult>,
): Promise<GraphQLResult> {
  const explanation = new RequestExplanation(request.http.headers['x-explain'] ?? '', limits.cost);
  request.explanation = explanation;
  const recorded = await recordRun(init, run);
  const { caching: _, ...result } = recorded.result;
  const complete = explanation.complete(request, recorded.run);
  if (!complete) return result;
  const candidates = [complete, OMITTED].map((explain) => ({
    ...result,
    extensions: { ...result.extensions, explain },
  }));
  return candidates.find((each) => jsonBody(resultMembers(each), limits.responseBytes) !== undefined) ?? result;
}
