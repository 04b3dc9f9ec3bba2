import { InvalidAnswer, SubgraphDown, Throttled, toResponse } from './answer.ts';
import { exchange, type HttpAnswer, optionsFor } from './exchange.ts';
import type { SubgraphCall, Transport } from './transport.ts';

/**
 * Sends a GraphQL request over HTTP. Nobody signs it, so that the viewer stays here; the client's headers stay too, but
 * for those that the rules name.
 */
export function post(address: string): Transport {
  const url = new URL(address);
  const options = { ...optionsFor(url), method: 'POST', path: `${url.pathname}${url.search}` };
  return async (call, limit) => {
    const body = `{${call.operation.members},"variables":${call.variables}}`;
    const answer = await exchange({ ...options, headers: headersOf(call, body) }, body, limit);
    return { response: responseFrom(answer), headers: answer.headers };
  };
}

function headersOf({ caller, wantsTrace }: SubgraphCall, body: string) {
  return {
    ...caller.forwarded,
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
    'content-length': Buffer.byteLength(body),
    traceparent: caller.traceparent,
    ...(wantsTrace && { 'apollo-federation-include-trace': 'ftv1' }),
  };
}

/** Whatever its status, an answer that is a GraphQL response counts; but for the two that ask to come again. */
function responseFrom({ status, text }: HttpAnswer) {
  if (status === 429 || status === 503) throw new Throttled(`Status ${status}`);
  try {
    return toResponse(text);
  } catch (error) {
    if (error instanceof InvalidAnswer && status >= 500) throw new SubgraphDown(`Status ${status}`);
    throw error;
  }
}
