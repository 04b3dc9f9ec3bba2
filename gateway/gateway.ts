import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql/error/index.js';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import { log } from '#platform/telemetry/log.ts';
import { span } from '#platform/telemetry/span.ts';
import type { Policies } from './authorization/permissions.ts';
import type { GatewayHooks } from './hooks/hooks.ts';
import { compressed } from './http/compression.ts';
import { graphqlParameters } from './http/graphql-parameters.ts';
import type { HeaderRules } from './http/header-rules.ts';
import type { HttpRequest, HttpResponse } from './http/http-message.ts';
import { incrementalProtocol, negotiateMediaType } from './http/media-types.ts';
import { type GraphQLResult, graphqlResponse, incrementalResponse } from './http/response.ts';
import type { Limits } from './limits/limits.ts';
import type { OperationFinder } from './operations/find-operation.ts';
import type { Operation } from './operations/operation.ts';
import { admit } from './operations/operation-facts.ts';
import { Refusal } from './operations/refusal.ts';
import { maskError, maskedErrors } from './operations/run-program.ts';
import { type GatewayRequest, gatewayRequest, type HostFacts } from './request.ts';
import type { Sent } from './telemetry/request-metrics.ts';
import { OperationUsage } from './telemetry/usage/operation-usage.ts';
import { UNREADABLE_KEYS } from './telemetry/usage/unreadable-keys.ts';

/** Header by which a client requests an explanation. */
const EXPLAIN_HEADER = 'x-explain';

export interface GatewayOptions {
  operations: OperationFinder;
  /** Returns the viewer of an `Authorization` header; throws a GraphQLError for one that is not valid. */
  identify: (authorization: string | undefined) => Promise<Viewer | undefined>;
  limits: Limits;
  policies: Policies;
  headerRules: HeaderRules;
  hooks?: GatewayHooks;
  /** Whether responses are compressed, for clients that accept it; default: yes. */
  compression?: boolean;
  /** Share of operations that are traced for Apollo Studio, from 0 to 1; undefined: usage is not reported. */
  tracedShare?: number | undefined;
  /** Whether clients may request explanations, by the header `x-explain`. */
  explains?: boolean;
  /** Called when a response has been sent. */
  record?: (request: GatewayRequest, response: HttpResponse, sent: Sent) => void;
}

/**
 * The request pipeline, independent of the host and of the operation's source: parse, authenticate, find the operation,
 * admit, run, respond, compress.
 */
export class Gateway {
  readonly #options: GatewayOptions;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** Answers a request; never rejects. */
  async respond(http: HttpRequest, host: HostFacts): Promise<HttpResponse> {
    const began = monotonicNow();
    const { headerRules, tracedShare, compression = true } = this.#options;
    const request = gatewayRequest(http, host, headerRules);
    if (tracedShare !== undefined) request.usage = new OperationUsage(tracedShare);
    const { traceparent } = request;
    const attributes = () => ({ 'graphql.operation.name': request.operation });
    const answer = await span('graphql request', { kind: 'SERVER', traceparent, attributes }, (spanTraceparent) => {
      request.traceparent = spanTraceparent;
      return this.#answer(request, host);
    });
    const response = compression ? await compressed(answer, http.headers['accept-encoding']) : answer;
    await logFailure(request, () => this.flush());
    const record = async (bytes: number) =>
      this.#options.record?.(request, answer, { bytes, milliseconds: monotonicNow() - began });
    return { ...response, onSent: (bytes) => logFailure(request, () => record(bytes)) };
  }

  async #answer(request: GatewayRequest, host: HostFacts): Promise<HttpResponse> {
    const { hooks, explains } = this.#options;
    const isExplained = explains && request.http.headers[EXPLAIN_HEADER] !== undefined;
    const result = await (isExplained ? this.#explainedResult(request, host) : this.#result(request));
    const response = await this.#write(result, request);
    if (hooks?.onAnswer) await logFailure(request, async () => hooks.onAnswer?.(response, request));
    return response;
  }

  async #explainedResult(request: GatewayRequest, { init }: HostFacts): Promise<GraphQLResult> {
    const { explainedResult } = await import('./explain/explained-result.ts');
    return explainedResult(request, { init, limits: this.#options.limits }, () => this.#result(request));
  }

  async #write(result: GraphQLResult, request: GatewayRequest): Promise<HttpResponse> {
    const maxBytes = this.#options.limits.responseBytes;
    const { incremental: protocol, usage, counts } = request;
    const { incremental } = result;
    counts.errors += result.errors?.length ?? 0;
    if (!incremental || !protocol) return graphqlResponse(result, request, maxBytes);
    const maskErrors = (errors: readonly GraphQLError[]) => {
      counts.errors += errors.length;
      usage?.failed(errors);
      return maskedErrors(errors);
    };
    const maskFailure = (reason: unknown) => {
      const { errors } = errorResult(reason);
      counts.errors += errors.length;
      usage?.failed(errors);
      return errors;
    };
    return incrementalResponse(result, incremental, request, { protocol, maxBytes, maskErrors, maskFailure });
  }

  /** Runs a step of a subscription, for a request with parameters and viewer; never rejects. */
  runSubscription(request: GatewayRequest): Promise<GraphQLResult> {
    return this.#result(request, () => this.#operationOf(request));
  }

  /** Resolves when pending writes of stored queries are complete. */
  flush(): Promise<void> {
    return this.#options.operations.flush();
  }

  async #result(request: GatewayRequest, find = () => this.#find(request)): Promise<GraphQLResult> {
    let operation: Operation | undefined;
    let result: GraphQLResult;
    try {
      operation = await find();
      result = { ...(await this.#run(operation, request)), kind: operation.kind };
    } catch (error) {
      result = errorResult(error);
    }
    if (operation?.facts) result.caching ??= operation.facts.caching;
    await logFailure(request, () => recordUsage(request, operation, result, this.#options.limits));
    return result;
  }

  async #find(request: GatewayRequest): Promise<Operation> {
    const { identify, limits } = this.#options;
    const { headers, method } = request.http;
    if (!negotiateMediaType(headers.accept)) throw notAcceptable();
    // An explanation is about the whole response.
    const incremental = request.explanation ? undefined : incrementalProtocol(headers.accept);
    if (incremental) request.incremental = incremental;
    request.parameters = await graphqlParameters(request.http, limits);
    const viewer = await identify(headers.authorization);
    if (viewer) request.viewer = viewer;
    const operation = await this.#operationOf(request);
    if (method === 'GET' && operation.kind !== 'query') throw requiresPost(operation.kind);
    return operation;
  }

  async #operationOf(request: GatewayRequest): Promise<Operation> {
    const { operations, hooks } = this.#options;
    if (hooks?.onRequest) await hooks.onRequest(request);
    const operation = await operations.find(request);
    if (operation.kind === 'subscription' && !request.subscription) throw requiresWebSocket();
    if (operation.name) request.operation = operation.name;
    if (hooks?.onOperation) await hooks.onOperation(operation, request);
    return operation;
  }

  #run(operation: Operation, request: GatewayRequest): Promise<GraphQLResult> {
    const { limits, policies } = this.#options;
    const { viewer, parameters } = request;
    const inputs = { variables: parameters?.variables ?? {}, viewer };
    request.explanation?.onOperation(operation, inputs.variables);
    const permissions = operation.facts ? admit(operation.facts, inputs, { maxCost: limits.cost, policies }) : '';
    return operation.run(request, permissions);
  }
}

/** Returns the result of a request that was rejected or failed unexpectedly. */
function errorResult(error: unknown): GraphQLResult & { errors: GraphQLFormattedError[] } {
  const errors = error instanceof Refusal ? error.errors : error instanceof GraphQLError ? [error] : undefined;
  if (errors) return { errors: errors.map((each) => maskError(each.toJSON(), each)), ...httpOf(errors) };
  const message = error instanceof Error ? error.message : String(error);
  const masked = maskError({ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error);
  return { errors: [masked], http: { status: 500 } };
}

function httpOf([first]: readonly GraphQLError[]): Pick<GraphQLResult, 'http'> {
  const { http } = (first?.extensions ?? {}) as GraphQLResult;
  return http ? { http } : {};
}

async function recordUsage(
  { usage, parameters }: GatewayRequest,
  operation: Operation | undefined,
  { errors = [], caching }: GraphQLResult,
  limits: Limits,
): Promise<void> {
  if (!usage) return;
  usage.failed(errors);
  if (caching && caching.maxAge > 0) usage.cache = caching;
  const { query, hash, operationName } = parameters ?? {};
  const code = String(errors[0]?.extensions?.code);
  if (operation) usage.found(operation.usage(), { hash, query });
  else if (code === 'QUERY_NOT_IN_SAFELIST' && query) {
    const { forbiddenKey } = await import('./telemetry/usage/forbidden-key.ts');
    usage.forbidden(forbiddenKey(query, operationName, limits));
  } else usage.unreadable(UNREADABLE_KEYS[code]);
}

/** Logs an error instead of throwing it: the response is already complete. */
async function logFailure({ requestId }: GatewayRequest, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error('work after the response failed', { requestId, error: error as Error });
  }
}

function notAcceptable(): GraphQLError {
  const message = 'The Accept header must allow application/json or application/graphql-response+json.';
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 406 } } });
}

function requiresWebSocket(): GraphQLError {
  const message =
    'A subscription needs a WebSocket: send it to the WebSocket URL, by the protocol graphql-transport-ws.';
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

function requiresPost(kind: Operation['kind']): GraphQLError {
  const http = { status: 405, headers: { allow: 'POST' } };
  return new GraphQLError(`A ${kind} requires POST.`, { extensions: { code: 'BAD_REQUEST', http } });
}
