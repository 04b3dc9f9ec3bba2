import { GraphQLError } from 'graphql/error/index.js';
import { type CompiledFetch, type CompiledProgram, conditionsHold } from './compiled-program.ts';
import type { ExecutionContext, ProgramResult } from './execution.ts';
import { SubgraphErrors } from './subgraph-errors.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

/**
 * Starts a subscription: only its own field is sent, and the subgraph answers with the topic. Throws a GraphQLError for invalid
 * variables, and for other operations.
 */
export async function startSubscription(
  compiled: CompiledProgram,
  inputs: Readonly<Record<string, unknown>>,
  { send }: Pick<ExecutionContext, 'send'>,
): Promise<ProgramResult> {
  const { kind } = compiled.program;
  if (kind !== 'subscription') throw badRequest(`A ${kind} over a WebSocket is not supported: send it by HTTP.`);
  const { values, jsonMembers } = compiled.coerceVariables(inputs);
  const view = compiled.view(values);
  const errors = new SubgraphErrors({}, compiled.program, view);
  const root = compiled.fetches.find(({ fetch }) => fetch.kind === 'subscription');
  if (!root || !conditionsHold(root.fetch.when, values)) {
    // Reports a withheld field.
    view.projection.complete({}, { path: [], report: errors.initial, introspected: {} });
    return {
      data: null,
      errors:
        errors.initial.errors.length > 0
          ? errors.initial.errors
          : [badRequest('The subscription selects no field with these variables.')],
    };
  }
  const variables = `{${root.fetch.variables.flatMap((name) => jsonMembers.get(name) ?? []).join()}}`;
  const topic = await topicFrom(root, () => send(root.fetch.service, root.operation, variables, [root.index]), errors);
  return {
    data: null,
    errors: errors.initial.errors,
    ...(topic !== undefined && { topic: { field: fieldOf(compiled), topic } }),
  };
}

async function topicFrom(
  { fetch }: CompiledFetch,
  send: () => ReturnType<ExecutionContext['send']>,
  report: SubgraphErrors,
): Promise<string | undefined> {
  try {
    const { errors = [], extensions } = await send();
    report.addRootErrors(fetch, errors);
    const topic = extensions?.topic;
    if (typeof topic === 'string' && topic !== '' && errors.length === 0) return topic;
    if (errors.length === 0) throw new SubgraphFailure('SUBGRAPH_BAD_RESPONSE', 'returned no topic.');
  } catch (error) {
    report.addFailure(error, [fetch]);
  }
  return undefined;
}

/** Returns the name of the only field of a subscription. */
function fieldOf({ program }: CompiledProgram): string {
  const type = program.types[program.root];
  const names = type && 'fields' in type ? Object.keys(type.fields) : [];
  return names.find((name) => !name.startsWith('__')) ?? '';
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
