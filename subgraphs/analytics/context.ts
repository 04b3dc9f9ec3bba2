import DataLoader from 'dataloader';
import { batchLoader, loadBatch } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { Fact, Figures } from './fact.ts';
import type { ProjectionStore } from './projection-store.ts';

export interface Services {
  projections: ProjectionStore;
  now: () => Date;
}

export interface Context extends RequestContext, Services {
  factById: DataLoader<string, Fact | undefined>;
  /** Figures of a total by its id; empty if the total does not exist yet. */
  figuresOf: DataLoader<string, Figures>;
}

/** Creates the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  const { projections } = services;
  return (request) => ({
    ...request,
    ...services,
    factById: batchLoader(
      (ids) => projections.facts(ids),
      ({ id }) => id,
    ),
    figuresOf: new DataLoader(async (ids) => {
      const totals = await loadBatch(
        ids,
        (all) => projections.totals(all),
        ({ id }) => id,
        (id) => id,
      );
      return totals.map((total) => (total instanceof Error ? total : (total?.figures ?? {})));
    }),
  });
}
