import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import { log } from '#platform/telemetry/log.ts';
import { span } from '#platform/telemetry/span.ts';
import { SubgraphFailure } from '../engine/run/subgraph-failure.ts';
import type { SubgraphOperation } from '../engine/run/subgraph-operation.ts';
import type { GatewayRequest } from '../request.ts';
import { AnswerTooLarge, InvalidAnswer, Throttled } from './transports/answer.ts';
import { TimeLimit } from './transports/time-limit.ts';
import type { SubgraphCall, Transport } from './transports/transport.ts';

export interface SubgraphClientOptions {
  name: string;
  transport: Transport;
  /** The longest that the subgraph is waited for, milliseconds. */
  timeout?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** A query that was not served is sent once more, after this long and up to twice as long. */
const BACKOFF_MS = 50;

/** One subgraph as the engine calls it: waits as long as there is time, tries again where that helps, names failures. */
export class SubgraphClient {
  readonly #name: string;
  readonly #transport: Transport;
  readonly #timeout: number;

  constructor({ name, transport, timeout = DEFAULT_TIMEOUT_MS }: SubgraphClientOptions) {
    this.#name = name;
    this.#transport = transport;
    this.#timeout = timeout;
  }

  /** Sends an operation; rejects with a SubgraphFailure. */
  send(operation: SubgraphOperation, variables: string, caller: GatewayRequest): Promise<SubgraphResponse> {
    const { traceparent } = caller;
    return span(`subgraph ${this.#name}`, { kind: 'CLIENT', traceparent }, (own) =>
      this.#send(operation, variables, own === traceparent ? caller : { ...caller, traceparent: own }),
    );
  }

  async #send(operation: SubgraphOperation, variables: string, caller: GatewayRequest): Promise<SubgraphResponse> {
    const timeLeft = Math.max(0, Math.min(this.#timeout, caller.deadline - Date.now()));
    const limit = new TimeLimit(timeLeft);
    caller.counts.subgraphCalls++;
    const wantsTrace = caller.usage?.wantsTraces ?? false;
    const call = { operation, variables, caller, wantsTrace, deadline: Date.now() + timeLeft };
    try {
      const { response, headers } = await this.#sendUpToTwice(call, limit);
      if (headers) caller.returned.add(headers);
      return response;
    } catch (error) {
      const failure = failureOf(error, limit);
      const { requestId } = caller;
      const about = { requestId, subgraph: this.#name, code: failure.code, error: error as Error };
      if (error instanceof AnswerTooLarge) log.warn('a client asked a subgraph for too much', about);
      else {
        caller.counts.failedCalls++;
        log.error('subgraph call failed', about);
      }
      throw failure;
    } finally {
      limit.clear();
    }
  }

  async #sendUpToTwice(call: SubgraphCall, limit: TimeLimit) {
    try {
      return await this.#transport(call, limit);
    } catch (error) {
      // A mutation may have been done: only whoever sent it can say whether to do it again.
      if (call.operation.kind === 'mutation' || limit.hasPassed || !mayPass(error)) throw error;
      await pause(BACKOFF_MS * (1 + Math.random()), limit);
      return this.#transport(call, limit);
    }
  }
}

/** Waits; rejects when the time is up. */
function pause(milliseconds: number, limit: TimeLimit): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    limit.onPass(() => {
      clearTimeout(timer);
      reject(new Error('The time is up'));
    });
  });
}

/** What Node and undici say of a connection that was there and went away. */
const DROPPED: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);

/** Whether the same call may succeed a moment later. */
function mayPass(error: unknown): boolean {
  return error instanceof Throttled || DROPPED.has((error as NodeJS.ErrnoException).code);
}

function failureOf(error: unknown, limit: TimeLimit): SubgraphFailure {
  const options = { cause: error };
  if (limit.hasPassed) return new SubgraphFailure('SUBGRAPH_TIMEOUT', 'did not answer in time.', options);
  if (error instanceof InvalidAnswer) {
    return new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'gave an answer that is no GraphQL response.', options);
  }
  if (error instanceof AnswerTooLarge) {
    return new SubgraphFailure('RESPONSE_TOO_LARGE', 'would answer with more than can be sent. Ask for less.', options);
  }
  return new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'cannot be reached at the moment.', options);
}
