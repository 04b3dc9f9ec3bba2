import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { maskErrors } from '#platform/graphql/errors.ts';
import { log } from '#platform/telemetry/log.ts';
import { observeCalls } from '../engine/call-observer.ts';
import type { Program } from '../engine/program.ts';
import type { CompiledProgram } from '../engine/run/compiled-program.ts';
import { type Bounds, type ExecutionContext, execute, type ProgramResult } from '../engine/run/execution.ts';
import type { GatewayRequest } from '../request.ts';

export interface ProgramRunnerOptions {
  /** Returns the function that sends a request's operations to subgraphs. */
  send: (request: GatewayRequest) => ExecutionContext['send'];
  bounds?: Bounds;
  /** Called before each program runs. */
  beforeRun?: (program: Program) => void;
}

/** Runs a compiled program for a request. Throws a GraphQLError for invalid variables. */
export type RunProgram = (
  program: CompiledProgram,
  request: GatewayRequest,
  introspect?: ExecutionContext['introspect'],
) => Promise<ProgramResult>;

/** Returns the function that runs all programs. */
export function programRunner({ send, bounds, beforeRun }: ProgramRunnerOptions): RunProgram {
  return (program, request, introspect = NO_SCHEMA) => {
    const { usage, explanation } = request;
    usage?.onPlan(program.program);
    explanation?.onPlan(program.program);
    if (explanation?.isPlanOnly) return Promise.resolve({ data: null, errors: [] });
    beforeRun?.(program.program);
    const { execute: run = execute } = request;
    return run(program, request.parameters?.variables ?? {}, {
      send: observeCalls(observeCalls(send(request), explanation), usage),
      introspect,
      ...(bounds && { bounds }),
    });
  };
}

const NO_SCHEMA = () => ({});

/** Masks an error for the client, and logs an unexpected one. */
export const maskError = maskErrors(log);

/** Masks errors for the client. */
export function maskedErrors(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  return errors.map((error) => maskError(error.toJSON(), error));
}
