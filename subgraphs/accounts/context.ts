import type DataLoader from 'dataloader';
import { loaderByKey } from '#platform/by-key.ts';
import type { RequestContext } from '#platform/subgraph.ts';
import type { User } from './user.ts';
import type { UserStore } from './user-store.ts';

export interface Services {
  users: UserStore;
  now: () => Date;
}

export interface Context extends RequestContext, Services {
  userById: DataLoader<string, User | undefined>;
}

/** Makes the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  return (request) => ({
    ...request,
    ...services,
    userById: loaderByKey(
      (ids) => services.users.byIds(ids),
      ({ id }) => id,
    ),
  });
}
