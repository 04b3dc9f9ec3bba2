import { InvokeCommand, type LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import type { GatewayContext } from '../context.ts';
import { SubgraphDown, Throttled, toResponse } from './answer.ts';
import type { SubgraphCall, Transport } from './transport.ts';

const ALIAS = 'live';

/** Invokes a subgraph's function. IAM signs the call, so that the subgraph may trust what the envelope says. */
export function invoke(lambda: LambdaClient, functionName: string): Transport {
  return async (call, limit) => {
    const aborter = new AbortController();
    limit.onPass(() => aborter.abort());
    const command = new InvokeCommand({ FunctionName: functionName, Qualifier: ALIAS, Payload: envelope(call) });
    const { FunctionError, Payload } = await lambda
      .send(command, { abortSignal: aborter.signal })
      .catch((error: unknown) => {
        throw error instanceof TooManyRequestsException ? new Throttled(error.message) : error;
      });
    const body = Payload ? Buffer.from(Payload.buffer, Payload.byteOffset, Payload.byteLength).toString('utf8') : '';
    if (FunctionError) throw new SubgraphDown(`${functionName}: ${FunctionError}: ${body}`);
    return { response: toResponse(body) };
  };
}

/** The JSON text of a SubgraphRequest: the operation and its variables are JSON text already. */
function envelope({ operation, variables, caller, wantsTrace, deadline }: SubgraphCall): string {
  const own = `${wantsTrace ? '"wantsTrace":true,' : ''}"deadline":${deadline}`;
  return `{${operation.members},"variables":${variables},${callerMembers(caller)},${own}}`;
}

const written = new WeakMap<GatewayContext, string>();

function callerMembers(caller: GatewayContext): string {
  const known = written.get(caller);
  if (known) return known;
  const { requestId, traceparent, viewer, forwarded } = caller;
  const members = JSON.stringify({
    requestId,
    traceparent,
    ...(viewer && { viewer }),
    ...(forwarded && { headers: forwarded }),
  }).slice(1, -1);
  written.set(caller, members);
  return members;
}
