import { type Dispatcher, Pool } from 'undici';
import { InvalidAnswer, SubgraphDown, Throttled, toResponse } from './answer.ts';
import { type HttpAnswer, textOf } from './exchange.ts';
import type { TimeLimit } from './time-limit.ts';
import type { SubgraphCall, Transport } from './transport.ts';

/** Connections that stay open, by origin. How long an answer may take, each call says itself. */
const pools = new Map<string, Pool>();

function poolFor(origin: string): Pool {
  const pool = pools.get(origin) ?? new Pool(origin, { connections: null, headersTimeout: 0, bodyTimeout: 0 });
  pools.set(origin, pool);
  return pool;
}

/**
 * Sends a GraphQL request over HTTP, by undici: with it a request that joins four subgraphs took a quarter less CPU than with Node's
 * own client. Nobody signs it, so that the viewer stays here; the client's headers stay too, but for those that the rules name.
 */
export function post(address: string): Transport {
  const { origin, pathname, search, username, password } = new URL(address);
  const pool = poolFor(origin);
  const path = `${pathname}${search}`;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = username && `Basic ${Buffer.from(credentials).toString('base64')}`;
  return async (call, limit) => {
    const body = `{${call.operation.members},"variables":${call.variables}}`;
    const headers = { ...headersOf(call), ...(authorization && { authorization }) };
    const answer = await exchange(pool, { path, method: 'POST', headers, body }, limit);
    return { response: responseFrom(answer), headers: answer.headers };
  };
}

/** Sends a request and reads the answer to its end; it ends when the time is up. */
function exchange(pool: Pool, request: Dispatcher.DispatchOptions, limit: TimeLimit): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const answer: HttpAnswer = { status: 0, headers: {}, text: '' };
    // While it connects, there is nothing to abort yet.
    limit.onPass(() => reject(new Error('The time is up')));
    pool.dispatch(request, {
      onRequestStart: (controller) => limit.onPass(() => controller.abort(new Error('The time is up'))),
      onResponseStart: (_, status, headers) => Object.assign(answer, { status, headers }),
      onResponseData: (_, chunk) => chunks.push(chunk),
      onResponseEnd: () => {
        answer.text = textOf(chunks);
        resolve(answer);
      },
      onResponseError: (_, error) => reject(error),
    });
  });
}

function headersOf({ caller, wantsTrace }: SubgraphCall): Record<string, string> {
  return {
    ...caller.forwarded,
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json',
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
