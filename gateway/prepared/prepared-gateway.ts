import { GraphQLError } from 'graphql/error/index.js';
import { maskErrors } from '#platform/errors.ts';
import { log } from '#platform/log.ts';
import { cacheControl } from '../caching/cache-policy.ts';
import type { GatewayContext } from '../context.ts';
import { watchedSend } from '../engine/call-watch.ts';
import type { Program } from '../engine/program.ts';
import { type Bounds, execute, type ProgramAnswer, type Surroundings } from '../engine/run/execution.ts';
import { type AdmissionRules, admit } from '../operation-facts.ts';
import type { PreparedOperation, PreparedOperations } from './prepared-operation.ts';
import { type ClientRequest, type PreparedRequest, preparedRequest } from './prepared-request.ts';

export interface PreparedGatewayOptions {
  operations: PreparedOperations;
  /** Sends an operation to a subgraph, for the request of this context. */
  send: (context: GatewayContext) => Surroundings['send'];
  admission: AdmissionRules;
  /** The most that one operation may ask of subgraphs. */
  bounds?: Bounds;
  /** Hears of each program before it runs. */
  beforeRun?: (program: Program) => void;
  /** The largest body that is read, bytes. */
  maxBytes: number;
}

/** A client's answer. */
export interface ClientAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** With it a client asks for the plan, which is not there. */
const PLAN_HEADER = 'apollo-query-plan-experimental';

/**
 * Answers requests for prepared operations with neither planner nor schema nor Apollo Server. What it answers is, byte for
 * byte, what Apollo Server over the engine would.
 */
export class PreparedGateway {
  readonly #options: PreparedGatewayOptions;
  readonly #maskError = maskErrors(log);

  constructor(options: PreparedGatewayOptions) {
    this.#options = options;
  }

  /** Undefined where the operation is not prepared, or the request is to be refused: the whole gateway does that. */
  async answer(
    given: ClientRequest,
    contextOf: () => GatewayContext | Promise<GatewayContext>,
  ): Promise<ClientAnswer | undefined> {
    const { operations, maxBytes } = this.#options;
    const request = given.headers[PLAN_HEADER] ? undefined : preparedRequest(given, maxBytes);
    const operation = request && operations.find(request);
    if (!operation) return undefined;
    try {
      const context = await contextOf();
      if (context.counts && operation.name) context.counts.operation = operation.name;
      const answer = await this.#run(request, operation, context);
      return answer && this.#written(answer, request, operation, context);
    } catch (error) {
      return error instanceof GraphQLError ? undefined : this.#failed(error, request);
    }
  }

  /** What nobody expected: something may have been sent already, so that it is not run again. */
  #failed(error: unknown, { contentType }: PreparedRequest): ClientAnswer {
    const message = error instanceof Error ? error.message : String(error);
    const told = this.#maskError({ message, extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error);
    const headers = { 'cache-control': 'no-store', 'content-type': contentType };
    return { status: 500, headers, body: `${JSON.stringify({ errors: [told] })}\n` };
  }

  /** Throws a GraphQLError, before anything is sent, if the request is to be refused. */
  async #run(
    { method, variables }: PreparedRequest,
    { facts, programFor }: PreparedOperation,
    context: GatewayContext,
  ) {
    const { admission, bounds, send, beforeRun } = this.#options;
    const met = facts ? admit(facts, { variables, viewer: context.viewer }, admission) : '';
    const program = programFor(met);
    if (!program || program.program.introspection) return undefined;
    if (method === 'GET' && program.program.kind !== 'query') return undefined;
    beforeRun?.(program.program);
    context.usage?.planned(program.program.fetches);
    const sendWatched = watchedSend(send(context), context.usage);
    return execute(program, variables, { send: sendWatched, introspect: () => ({}), ...(bounds && { bounds }) });
  }

  #written(
    { data, errors }: ProgramAnswer,
    { contentType }: PreparedRequest,
    { facts, usage: operation }: PreparedOperation,
    { returned, usage }: GatewayContext,
  ): ClientAnswer {
    const told = errors.map((error) => this.#maskError(error.toJSON(), error));
    if (usage) Object.assign(usage, { operation, cache: facts?.caching }).failed(told);
    const body = `${JSON.stringify(told.length > 0 ? { errors: told, data } : { data })}\n`;
    const headers: Record<string, string> = {
      'cache-control': facts ? cacheControl(facts.caching, told.length > 0) : 'no-store',
    };
    for (const [name, values] of returned?.entries() ?? []) headers[name] = values.join('\n');
    headers['content-type'] = contentType;
    headers['content-length'] = String(Buffer.byteLength(body));
    return { status: 200, headers, body };
  }
}
