import type { GraphQLFormattedError } from 'graphql';
import { log } from '#platform/log.ts';
import type { RequestContext, Subgraph } from '#platform/subgraph.ts';
import { subgraphExecutor, subgraphSchema } from '#platform/subgraph-executor.ts';
import type { Viewer } from '#platform/viewer.ts';

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks for, it knows the shape of
  data: any;
  errors: readonly GraphQLFormattedError[] | undefined;
}

/** A viewer, as the gateway would tell of them. */
export function viewer(id: string, ...groups: string[]): Viewer {
  return { id, groups, scopes: [] };
}

/** One subgraph without the others and without Lambda: operations in, answers out. */
export function testSubgraph<Context extends RequestContext>(subgraph: Subgraph<Context>) {
  const run = subgraphExecutor(subgraphSchema(subgraph), log);
  return async (query: string, variables: Record<string, unknown> = {}, as?: Viewer): Promise<Answer> => {
    const { data, errors } = await run({ query, variables }, subgraph.context({ viewer: as, requestId: 'test', log }));
    return { data, errors };
  };
}
