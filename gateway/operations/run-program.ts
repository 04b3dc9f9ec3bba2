import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { maskErrors } from '#platform/graphql/errors.ts';
import { log } from '#platform/telemetry/log.ts';
import { observeCalls } from '../engine/call-observer.ts';
import type { Program } from '../engine/program.ts';
import type { CompiledProgram } from '../engine/run/compiled-program.ts';
import { type Bounds, type ExecutionContext, execute, type ProgramResult } from '../engine/run/execution.ts';
import type { GatewayRequest } from '../request.ts';

export interface ProgramRunnerOptions {
  /** Returns the sender of operations to subgraphs for one request. */
  send: (request: GatewayRequest) => ExecutionContext['send'];
  /** The most that one operation may ask of subgraphs. */
  bounds?: Bounds;
  /** Called before each program runs. */
  beforeRun?: (program: Program) => void;
}

/** Runs a compiled program for a request. Throws a GraphQLError for variables that do not fit. */
export type RunProgram = (
  program: CompiledProgram,
  request: GatewayRequest,
  introspect?: ExecutionContext['introspect'],
) => Promise<ProgramResult>;

/** Returns the one function that runs programs, whichever operation they were made of. */
export function programRunner({ send, bounds, beforeRun }: ProgramRunnerOptions): RunProgram {
  return (program, request, introspect = NO_SCHEMA) => {
    beforeRun?.(program.program);
    request.usage?.onPlan(program.program.fetches);
    return execute(program, request.parameters?.variables ?? {}, {
      send: observeCalls(send(request), request.usage),
      introspect,
      ...(bounds && { bounds }),
    });
  };
}

const NO_SCHEMA = () => ({});

/** Masks an error for the client, and logs an unexpected one. */
export const maskError = maskErrors(log);

/** Returns errors as the client is told of them. */
export function maskedErrors(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  return errors.map((error) => maskError(error.toJSON(), error));
}
