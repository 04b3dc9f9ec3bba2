import type { GraphQLFormattedError } from 'graphql';
import { log } from '#platform/log.ts';
import { type RequestContext, type Subgraph, subgraphServer } from '#platform/subgraph-handler.ts';
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
  const server = subgraphServer(subgraph);
  return async (query: string, variables: Record<string, unknown> = {}, as?: Viewer): Promise<Answer> => {
    const contextValue = subgraph.context({ viewer: as, requestId: 'test', log });
    const { body } = await server.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('an answer in parts');
    return { data: body.singleResult.data, errors: body.singleResult.errors };
  };
}
