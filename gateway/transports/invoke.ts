import { type Credentials, sign } from 'aws4';
import { optionalEnv, requiredEnv } from '#platform/env.ts';
import { LIVE_ALIAS } from '#platform/function-names.ts';
import { xrayHeader } from '#platform/xray.ts';
import type { GatewayRequest } from '../request.ts';
import { AnswerTooLarge, SubgraphDown, Throttled, toResponse } from './answer.ts';
import { exchange, openConnection, optionsFor } from './exchange.ts';
import { TimeLimit } from './time-limit.ts';
import type { SubgraphCall, Transport } from './transport.ts';

/** Lambda's API, and as whom it is called. */
export interface LambdaEndpoint {
  url: URL;
  region: string;
  credentials: Credentials;
}

/**
 * Invokes a subgraph's function by Lambda's API (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html). The call is
 * signed, so that the subgraph may trust what the envelope says. Not by AWS's SDK: compiled ahead, it still adds some 35 ms to a
 * cold answer (36 to 44 ms to load and call once, where this takes 5), and each call costs more than twice the CPU.
 */
export function invoke(endpoint: LambdaEndpoint, functionName: string): Transport {
  const send = sender(endpoint, functionName);
  return async (call, limit) => {
    const answer = await send(envelope(call), limit);
    if (answer.status === 429) throw new Throttled(`${functionName}: ${answer.text}`);
    const failure = answer.headers['x-amz-function-error'] ?? (answer.status === 200 ? undefined : answer.status);
    if (failure) throw failed(`${functionName}: ${failure}: ${answer.text}`);
    return { response: toResponse(answer.text) };
  };
}

/** Subgraphs of this project bound their own answers: another's may not. */
function failed(message: string): Error {
  return /"errorType":\s*"Function\.ResponseSizeTooLarge"/.test(message)
    ? new AnswerTooLarge(message)
    : new SubgraphDown(message);
}

/** Has a function start, if none of it is idle: it is needed a moment later. */
export function ping(endpoint: LambdaEndpoint, functionName: string): void {
  const limit = new TimeLimit(PING_MS);
  const ignored = () => limit.clear();
  sender(endpoint, functionName)('{"ping":true}', limit).then(ignored, ignored);
}

const PING_MS = 10_000;

function sender({ url, region, credentials }: LambdaEndpoint, functionName: string) {
  const options = optionsFor(url);
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations?Qualifier=${LIVE_ALIAS}`;
  return (body: string, limit: TimeLimit) => {
    const request = { host: url.host, method: 'POST', path, service: 'lambda', region, body };
    const { headers = {} } = sign({ ...request, headers: { 'content-type': 'application/json' } }, credentials);
    // As the SDK does: Lambda goes on with the trace, and stops functions that call each other for ever.
    const trace = xrayHeader();
    if (trace) headers['x-amzn-trace-id'] = trace;
    return exchange({ ...options, method: 'POST', path, headers }, body, limit);
  };
}

/** Lambda of the region that a function runs in, called as the function's role; the first connection is opened at once. */
export function lambdaEndpoint(): LambdaEndpoint {
  const region = requiredEnv('AWS_REGION');
  const url = new URL(optionalEnv('AWS_ENDPOINT_URL') ?? `https://lambda.${region}.amazonaws.com`);
  openConnection(url);
  const sessionToken = optionalEnv('AWS_SESSION_TOKEN');
  const credentials = {
    accessKeyId: requiredEnv('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requiredEnv('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken && { sessionToken }),
  };
  return { url, region, credentials };
}

/** The JSON text of a SubgraphRequest: the operation and its variables are JSON text already. */
function envelope({ operation, variables, caller, wantsTrace, deadline }: SubgraphCall): string {
  const own = `${wantsTrace ? '"wantsTrace":true,' : ''}"deadline":${deadline}`;
  return `{${operation.members},"variables":${variables},${callerMembers(caller)},${own}}`;
}

const written = new WeakMap<GatewayRequest, string>();

function callerMembers(caller: GatewayRequest): string {
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
