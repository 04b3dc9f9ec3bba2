import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SubgraphRequest, SubgraphResponse } from '#platform/envelope.ts';

/** Sends an envelope to one subgraph and gives its GraphQL response. */
export type Transport = (request: SubgraphRequest, signal: AbortSignal) => Promise<SubgraphResponse>;

/** A subgraph answered, but not with a GraphQL response. */
export class InvalidAnswer extends Error {
  override name = 'InvalidAnswer';
}

export interface TransportOptions {
  lambda: LambdaClient;
  /** What a function's name has before the subgraph's: `lambda://listings` is invoked as `${functionPrefix}listings`. */
  functionPrefix: string;
}

const ALIAS = 'live';

/** The transport that an address in the supergraph asks for: `lambda://NAME` is invoked, `http(s)://` is fetched. */
export function transportFor(address: string, { lambda, functionPrefix }: TransportOptions): Transport {
  const [scheme, rest = ''] = address.split('://');
  if (scheme === 'lambda') return invoke(lambda, `${functionPrefix}${rest}`);
  if (scheme === 'http' || scheme === 'https') return post(address);
  throw new Error(`The supergraph has the address "${address}": it must begin with lambda://, http:// or https://`);
}

function invoke(lambda: LambdaClient, functionName: string): Transport {
  return async (request, abortSignal) => {
    const command = new InvokeCommand({
      FunctionName: functionName,
      Qualifier: ALIAS,
      Payload: JSON.stringify(request),
    });
    const { FunctionError, Payload } = await lambda.send(command, { abortSignal });
    const body = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError) throw new Error(`${functionName}: ${FunctionError}: ${body}`);
    return toResponse(body);
  };
}

/** Over HTTP, where IAM does not sign the envelope, only the operation goes: the viewer stays here. */
function post(address: string): Transport {
  return async ({ query, operationName, variables, traceparent }, signal) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent },
      body: JSON.stringify({ query, operationName, variables }),
      signal,
    });
    return toResponse(await response.text());
  };
}

/** Narrows what came over the wire to a GraphQL response. */
function toResponse(body: string): SubgraphResponse {
  const response = parsed(body) as SubgraphResponse | null;
  if (typeof response !== 'object' || response === null) throw new InvalidAnswer('The answer is not an object');
  if (response.data === undefined && !Array.isArray(response.errors)) {
    throw new InvalidAnswer('The answer has neither data nor errors');
  }
  return response;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidAnswer('The answer is not JSON');
  }
}
