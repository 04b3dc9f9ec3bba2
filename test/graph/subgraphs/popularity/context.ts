import { loaderByKey } from '#platform/dynamodb/group-by-key.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { CountStore } from './count-store.ts';

export interface Context extends RequestContext {
  /** How often something was counted. */
  countOf: (id: string) => Promise<number>;
}

/** Returns what makes the context of one request. */
export function contextFactory({ counts }: { counts: CountStore }): (request: RequestContext) => Context {
  return (request) => {
    const countById = loaderByKey(
      (ids) => counts.byIds(ids),
      ({ id }) => id,
    );
    return { ...request, countOf: async (id) => (await countById.load(id))?.count ?? 0 };
  };
}
