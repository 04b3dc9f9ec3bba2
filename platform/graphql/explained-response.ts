import type { FunctionRun } from '../telemetry/explanation.ts';
import { recordRun } from '../telemetry/record-run.ts';
import type { SubgraphResponse } from './envelope.ts';
import { MAX_RESPONSE_BYTES } from './response-size.ts';

/** Runs an explained request; the response has the FunctionRun in `extensions.explain`, unless that would make it too large. */
export async function explainedResponse(
  init: number | undefined,
  respond: () => Promise<SubgraphResponse>,
): Promise<SubgraphResponse> {
  const { result, run } = await recordRun(init, respond);
  const explained = withRun(result, run);
  return Buffer.byteLength(JSON.stringify(explained)) <= MAX_RESPONSE_BYTES ? explained : result;
}

function withRun(response: SubgraphResponse, explain: FunctionRun): SubgraphResponse {
  return { ...response, extensions: { ...response.extensions, explain } };
}
