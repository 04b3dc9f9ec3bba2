import type DataLoader from 'dataloader';
import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { Member } from './member.ts';
import type { MemberStore } from './member-store.ts';

export interface Services {
  members: MemberStore;
}

export interface Context extends RequestContext, Services {
  memberById: DataLoader<string, Member | undefined>;
}

/** Returns a factory of the context of a request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  return (request) => ({
    ...request,
    ...services,
    memberById: batchLoader(
      (ids) => services.members.byIds(ids),
      ({ id }) => id,
    ),
  });
}
