import type { SubgraphResponse } from '#platform/graphql/envelope.ts';
import { log } from '#platform/telemetry/log.ts';
import { span } from '#platform/telemetry/span.ts';
import { SubgraphFailure } from '../engine/run/subgraph-failure.ts';
import type { SubgraphOperation } from '../engine/run/subgraph-operation.ts';
import type { GatewayRequest } from '../request.ts';
import { InvalidResponse, ResponseTooLarge, Throttled } from './transports/subgraph-response.ts';
import { TimeLimit } from './transports/time-limit.ts';
import type { SubgraphCall, Transport } from './transports/transport.ts';

export interface SubgraphClientOptions {
  name: string;
  transport: Transport;
  /** Timeout of a call in milliseconds. */
  timeout?: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** Minimum delay before a retry; the maximum is twice as long. */
const BACKOFF_MS = 50;

/** Client of one subgraph, with timeout, retry and error codes. */
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
    return span(`subgraph ${this.#name}`, { kind: 'CLIENT', traceparent }, (spanTraceparent) =>
      this.#send(
        operation,
        variables,
        spanTraceparent === traceparent ? caller : { ...caller, traceparent: spanTraceparent },
      ),
    );
  }

  async #send(operation: SubgraphOperation, variables: string, caller: GatewayRequest): Promise<SubgraphResponse> {
    const timeLeft = Math.max(0, Math.min(this.#timeout, caller.deadline - Date.now()));
    const limit = new TimeLimit(timeLeft);
    caller.counts.subgraphCalls++;
    const wantsTrace = caller.usage?.wantsTraces ?? false;
    const call = { operation, variables, caller, wantsTrace, deadline: Date.now() + timeLeft };
    try {
      const { response, headers } = await this.#sendWithRetry(call, limit);
      if (headers) caller.returned.add(headers);
      return response;
    } catch (error) {
      const failure = failureOf(error, limit);
      const { requestId } = caller;
      const details = { requestId, subgraph: this.#name, code: failure.code, error: error as Error };
      if (error instanceof ResponseTooLarge) log.warn('subgraph response too large', details);
      else {
        caller.counts.failedCalls++;
        log.error('subgraph call failed', details);
      }
      throw failure;
    } finally {
      limit.clear();
    }
  }

  async #sendWithRetry(call: SubgraphCall, limit: TimeLimit) {
    try {
      return await this.#transport(call, limit);
    } catch (error) {
      // A mutation may have run before the failure, so only the client can decide to repeat it.
      if (call.operation.kind === 'mutation' || limit.hasExpired || !isTransient(error)) throw error;
      await pause(BACKOFF_MS * (1 + Math.random()), limit);
      return this.#transport(call, limit);
    }
  }
}

/** Waits; rejects when the time limit expires. */
function pause(milliseconds: number, limit: TimeLimit): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    limit.onExpire(() => {
      clearTimeout(timer);
      reject(new Error('The time limit expired'));
    });
  });
}

/** Error codes of Node and undici for a dropped connection. */
const DROPPED: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);

/** Whether a retry may succeed. */
function isTransient(error: unknown): boolean {
  return error instanceof Throttled || DROPPED.has((error as NodeJS.ErrnoException).code);
}

function failureOf(error: unknown, limit: TimeLimit): SubgraphFailure {
  const options = { cause: error };
  if (limit.hasExpired) return new SubgraphFailure('SUBGRAPH_TIMEOUT', 'did not respond in time.', options);
  if (error instanceof InvalidResponse) {
    return new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'returned an invalid GraphQL response.', options);
  }
  if (error instanceof ResponseTooLarge) {
    return new SubgraphFailure(
      'RESPONSE_TOO_LARGE',
      'returned a response that is too large. Request fewer objects.',
      options,
    );
  }
  return new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'is unavailable at the moment.', options);
}
