import { GraphQLError } from 'graphql/error/index.js';
import { log } from '#platform/log.ts';
import { monotonicNow } from '#platform/monotonic-clock.ts';
import { span } from '#platform/span.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Policies } from './authorization/permissions.ts';
import type { GatewayHooks } from './hooks/hooks.ts';
import { graphqlParameters } from './http/graphql-parameters.ts';
import type { HeaderRules } from './http/header-rules.ts';
import type { HttpRequest, HttpResponse } from './http/http-message.ts';
import { answerType } from './http/media-types.ts';
import { type GraphQLResult, graphqlResponse, withinSize } from './http/response.ts';
import type { Limits } from './limits/limits.ts';
import type { OperationFinder } from './operations/find-operation.ts';
import type { Operation } from './operations/operation.ts';
import { admit } from './operations/operation-facts.ts';
import { Refusal } from './operations/refusal.ts';
import { maskError } from './operations/run-program.ts';
import { type GatewayRequest, gatewayRequest, type HostFacts } from './request.ts';
import { OperationUsage } from './usage/operation-usage.ts';
import { UNREADABLE_KEYS } from './usage/unreadable-keys.ts';

export interface GatewayOptions {
  operations: OperationFinder;
  /** Returns the viewer of an `Authorization` header; throws a GraphQLError for one that is not valid. */
  identify: (authorization: string | undefined) => Promise<Viewer | undefined>;
  limits: Limits;
  policies: Policies;
  headerRules: HeaderRules;
  hooks?: GatewayHooks;
  /** Share of operations that are traced for Apollo Studio, from 0 to 1; undefined: usage is not reported. */
  tracedShare?: number | undefined;
  /** Called with each answer that is ready to be sent, and the milliseconds that it took. */
  record?: (request: GatewayRequest, response: HttpResponse, milliseconds: number) => void;
}

/**
 * The way of every GraphQL request, whichever host received it and wherever its operation comes from: read, identify, find the
 * operation, admit, run, finish, write.
 */
export class Gateway {
  readonly #options: GatewayOptions;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** Answers a request; never rejects. */
  async respond(http: HttpRequest, host: HostFacts): Promise<HttpResponse> {
    const began = monotonicNow();
    const { headerRules, tracedShare } = this.#options;
    const request = gatewayRequest(http, host, headerRules);
    if (tracedShare !== undefined) request.usage = new OperationUsage(tracedShare);
    const { traceparent } = request;
    const attributes = () => ({ 'graphql.operation.name': request.operation });
    const response = await span('graphql request', { kind: 'SERVER', traceparent, attributes }, (own) => {
      request.traceparent = own;
      return this.#answer(request);
    });
    // The answer stands, whatever fails now.
    await unharmed(request, async () => {
      await this.#options.operations.written();
      this.#options.record?.(request, response, monotonicNow() - began);
    });
    return response;
  }

  async #answer(request: GatewayRequest): Promise<HttpResponse> {
    const { limits, hooks } = this.#options;
    const result = await this.#result(request);
    const response = withinSize(graphqlResponse(result, request), limits.responseBytes, result.kind);
    if (hooks?.onAnswer) await unharmed(request, async () => hooks.onAnswer?.(response, request));
    return response;
  }

  async #result(request: GatewayRequest): Promise<GraphQLResult> {
    let operation: Operation | undefined;
    let result: GraphQLResult;
    try {
      operation = await this.#find(request);
      result = { ...(await this.#run(operation, request)), kind: operation.kind };
    } catch (error) {
      result = refusal(error);
    }
    if (operation?.facts) result.caching = operation.facts.caching;
    noteUsage(request, operation, result);
    return result;
  }

  async #find(request: GatewayRequest): Promise<Operation> {
    const { operations, identify, limits, hooks } = this.#options;
    const { headers, method } = request.http;
    if (!answerType(headers.accept)) throw notAcceptable();
    request.parameters = graphqlParameters(request.http, limits);
    const viewer = await identify(headers.authorization);
    if (viewer) request.viewer = viewer;
    if (hooks?.onRequest) await hooks.onRequest(request);
    const operation = await operations.find(request);
    if (method === 'GET' && operation.kind !== 'query') throw notWithGet(operation.kind);
    if (operation.name) request.operation = operation.name;
    if (hooks?.onOperation) await hooks.onOperation(operation, request);
    return operation;
  }

  #run(operation: Operation, request: GatewayRequest): Promise<GraphQLResult> {
    const { limits, policies } = this.#options;
    const { viewer, parameters } = request;
    const asked = { variables: parameters?.variables ?? {}, viewer };
    const met = operation.facts ? admit(operation.facts, asked, { maxCost: limits.cost, policies }) : '';
    return operation.run(request, met);
  }
}

/** Returns what the client is told of a request that was refused, or that failed unexpectedly. */
function refusal(error: unknown): GraphQLResult {
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

function noteUsage({ usage }: GatewayRequest, operation: Operation | undefined, result: GraphQLResult): void {
  if (!usage) return;
  const { errors = [], caching } = result;
  const unreadable = UNREADABLE_KEYS[String(errors[0]?.extensions?.code)];
  if (operation) usage.operation = operation.usage();
  else if (unreadable) usage.operation = { key: unreadable };
  if (caching && caching.maxAge > 0) usage.cache = caching;
  usage.failed(errors);
}

async function unharmed({ requestId }: GatewayRequest, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error('what follows an answer has failed', { requestId, error: error as Error });
  }
}

function notAcceptable(): GraphQLError {
  const message = 'The Accept header must allow application/json or application/graphql-response+json.';
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 406 } } });
}

function notWithGet(kind: Operation['kind']): GraphQLError {
  const http = { status: 405, headers: { allow: 'POST' } };
  return new GraphQLError(`A ${kind} needs POST.`, { extensions: { code: 'BAD_REQUEST', http } });
}
