import { type Dispatcher, Pool } from 'undici';
import type { RawResponse } from './exchange.ts';
import { ReceivedBody } from './received-body.ts';
import { InvalidResponse, SubgraphUnavailable, Throttled, toResponse } from './subgraph-response.ts';
import type { TimeLimit } from './time-limit.ts';
import type { SubgraphCall, Transport } from './transport.ts';

/** Connection pools by origin. Each call has its own timeout. */
const pools = new Map<string, Pool>();

function poolFor(origin: string): Pool {
  const pool = pools.get(origin) ?? new Pool(origin, { connections: null, headersTimeout: 0, bodyTimeout: 0 });
  pools.set(origin, pool);
  return pool;
}

/**
 * Returns a transport that sends GraphQL requests over HTTP by undici, which used a quarter less CPU than Node's client for
 * a request that joins four subgraphs. The request is not signed, so it does not carry the viewer, and only the client
 * headers of the header rules.
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
    const raw = await exchange(pool, { path, method: 'POST', headers, body }, limit);
    return { response: responseFrom(raw), headers: raw.headers };
  };
}

/** Sends a request and reads the whole response; aborts it when the time limit expires. */
function exchange(pool: Pool, request: Dispatcher.DispatchOptions, limit: TimeLimit): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const body = new ReceivedBody();
    const response: RawResponse = { status: 0, headers: {}, body };
    // Nothing to abort while it connects.
    limit.onExpire(() => reject(new Error('The time limit expired')));
    pool.dispatch(request, {
      onRequestStart: (controller) => limit.onExpire(() => controller.abort(new Error('The time limit expired'))),
      onResponseStart: (_, status, headers) => Object.assign(response, { status, headers }),
      onResponseData: (_, chunk) => body.add(chunk),
      onResponseEnd: () => resolve(response),
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

/** Accepts a GraphQL response with any status, except 429 and 503, which are retried. */
function responseFrom({ status, body }: RawResponse) {
  if (status === 429 || status === 503) throw new Throttled(`Status ${status}`);
  try {
    return toResponse(body);
  } catch (error) {
    if (error instanceof InvalidResponse && status >= 500) throw new SubgraphUnavailable(`Status ${status}`);
    throw error;
  }
}
