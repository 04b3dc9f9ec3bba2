import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import { GraphQLError } from 'graphql';
import type { SubgraphRequest } from '#platform/envelope.ts';
import { log } from '#platform/log.ts';
import type { GatewayContext } from './context.ts';
import { InvalidAnswer, type Transport } from './transport.ts';

/** The longest that one subgraph is waited for, milliseconds. */
const DEFAULT_TIMEOUT_MS = 10_000;

/** One subgraph, as Apollo's executor calls it: makes the envelope, waits as long as there is time, names failures. */
export class SubgraphDataSource implements GraphQLDataSource {
  readonly #name: string;
  readonly #send: Transport;

  constructor(name: string, send: Transport) {
    this.#name = name;
    this.#send = send;
  }

  async process({ request, context }: GraphQLDataSourceProcessOptions): Promise<GatewayGraphQLResponse> {
    const caller = context as GatewayContext;
    const timeLeft = Math.max(0, Math.min(DEFAULT_TIMEOUT_MS, caller.deadline - Date.now()));
    const signal = AbortSignal.timeout(timeLeft);
    try {
      return await this.#send({ ...makeEnvelope(request, caller), deadline: Date.now() + timeLeft }, signal);
    } catch (error) {
      const { code, message } = failure(error, signal);
      const { requestId } = caller;
      log.error('subgraph call failed', { requestId, subgraph: this.#name, code, error: error as Error });
      throw new GraphQLError(`The service "${this.#name}" ${message}`, {
        extensions: { code, serviceName: this.#name },
      });
    }
  }
}

function makeEnvelope(
  { query = '', operationName, variables }: GraphQLDataSourceProcessOptions['request'],
  { requestId, traceparent, deadline, viewer }: GatewayContext,
): SubgraphRequest {
  return {
    query,
    ...(operationName && { operationName }),
    ...(variables && { variables }),
    ...(viewer && { viewer }),
    requestId,
    traceparent,
    deadline,
  };
}

function failure(error: unknown, signal: AbortSignal): { code: string; message: string } {
  if (signal.aborted) return { code: 'SUBGRAPH_TIMEOUT', message: 'did not answer in time.' };
  if (error instanceof InvalidAnswer)
    return { code: 'SUBGRAPH_BAD_RESPONSE', message: 'gave an answer that is no GraphQL response.' };
  return { code: 'SUBGRAPH_UNAVAILABLE', message: 'cannot be reached at the moment.' };
}
