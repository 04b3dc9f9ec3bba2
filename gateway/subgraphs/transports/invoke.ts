import { sign } from 'aws4';
import { optionalEnv } from '#platform/env.ts';
import { LIVE_ALIAS } from '#platform/function-names.ts';
import { xrayHeader } from '#platform/telemetry/xray.ts';
import type { GatewayRequest } from '../../request.ts';
import { type AwsIdentity, functionIdentity } from './aws-credentials.ts';
import { exchange, openConnection, optionsFor } from './exchange.ts';
import { ResponseTooLarge, SubgraphUnavailable, Throttled, toResponse } from './subgraph-response.ts';
import { TimeLimit } from './time-limit.ts';
import type { SubgraphCall, Transport } from './transport.ts';

/** Address of Lambda's API, with the caller's identity. */
export interface LambdaEndpoint extends AwsIdentity {
  url: URL;
}

/**
 * Returns a transport that invokes a subgraph's function (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html).
 * The call is signed, so the subgraph can trust the envelope. It does not use the AWS SDK, which adds 35 ms to a cold start
 * even from a code cache (36–44 ms to load and call once, against 5) and takes more than twice the CPU per call.
 */
export function invoke(endpoint: LambdaEndpoint, functionName: string): Transport {
  const send = sender(endpoint, functionName);
  return async (call, limit) => {
    const { status, headers, body } = await send(envelope(call), limit);
    if (status === 429) throw new Throttled(`${functionName}: ${body.text()}`);
    const failure = headers['x-amz-function-error'] ?? (status === 200 ? undefined : status);
    if (failure) throw invocationError(`${functionName}: ${failure}: ${body.text()}`);
    return { response: toResponse(body) };
  };
}

/** Tells an oversized response from a crash. This project's subgraphs limit their own responses; others may not. */
function invocationError(message: string): Error {
  return /"errorType":\s*"Function\.ResponseSizeTooLarge"/.test(message)
    ? new ResponseTooLarge(message)
    : new SubgraphUnavailable(message);
}

/** Starts an environment of a function in advance, if none is idle. Ignores failures. */
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
    // As the SDK does: Lambda continues the trace, and detects recursive loops by it.
    const trace = xrayHeader();
    if (trace) headers['x-amzn-trace-id'] = trace;
    return exchange({ ...options, method: 'POST', path, headers }, body, limit);
  };
}

/** Returns Lambda's API in the function's own region with the function's credentials, and opens the first connection. */
export function lambdaEndpoint(): LambdaEndpoint {
  const identity = functionIdentity();
  const url = new URL(optionalEnv('AWS_ENDPOINT_URL') ?? `https://lambda.${identity.region}.amazonaws.com`);
  openConnection(url);
  return { url, ...identity };
}

/** Returns the JSON text of a SubgraphRequest. The operation and its variables already are JSON text. */
function envelope({ operation, variables, caller, wantsTrace, deadline }: SubgraphCall): string {
  const flags = `${wantsTrace ? '"wantsTrace":true,' : ''}${caller.explanation ? '"explain":true,' : ''}`;
  const { subscription } = caller;
  const step =
    subscription && operation.kind === 'subscription' ? `"subscription":${JSON.stringify(subscription)},` : '';
  const callMembers = `${flags}${step}"deadline":${deadline}`;
  return `{${operation.members},"variables":${variables},${callerMembers(caller)},${callMembers}}`;
}

const serializedCallers = new WeakMap<GatewayRequest, string>();

function callerMembers(caller: GatewayRequest): string {
  const known = serializedCallers.get(caller);
  if (known) return known;
  const { requestId, traceparent, viewer, forwarded } = caller;
  const members = JSON.stringify({
    requestId,
    traceparent,
    ...(viewer && { viewer }),
    ...(forwarded && { headers: forwarded }),
  }).slice(1, -1);
  serializedCallers.set(caller, members);
  return members;
}
