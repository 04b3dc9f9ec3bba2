import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { CountStore } from './count-store.ts';

export interface Context extends RequestContext {
  /** Returns a count by its id; 0 if there is none. */
  countOf: (id: string) => Promise<number>;
}

/** Returns a factory of the context of a request. */
export function contextFactory({ counts }: { counts: CountStore }): (request: RequestContext) => Context {
  return (request) => {
    const countById = batchLoader(
      (ids) => counts.byIds(ids),
      ({ id }) => id,
    );
    return { ...request, countOf: async (id) => (await countById.load(id))?.count ?? 0 };
  };
}
