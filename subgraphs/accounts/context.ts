import type DataLoader from 'dataloader';
import { batchLoader } from '#platform/dynamodb/batch-loader.ts';
import type { RequestContext } from '#platform/graphql/subgraph.ts';
import type { Viewer } from '#platform/graphql/viewer.ts';
import { signUp, type User } from './user.ts';
import type { UserStore } from './user-store.ts';

export interface Services {
  users: UserStore;
  now: () => Date;
}

export interface Context extends RequestContext, Services {
  userById: DataLoader<string, User | undefined>;
}

/** Creates the context of one request. */
export function contextFactory(services: Services): (request: RequestContext) => Context {
  return (request) => ({
    ...request,
    ...services,
    userById: batchLoader(
      (ids) => usersById(ids, request.viewer, services),
      ({ id }) => id,
    ),
  });
}

/** Returns users by id. Creates or completes the viewer's account if it is among them. */
async function usersById(ids: string[], viewer: Viewer | undefined, { users, now }: Services): Promise<User[]> {
  const found = await users.byIds(ids);
  if (!viewer || !ids.includes(viewer.id)) return found;
  const [own, others] = [found.find(({ id }) => id === viewer.id), found.filter(({ id }) => id !== viewer.id)];
  return own && !own.isProvisional ? found : [...others, await users.findOrAdd(signUp(viewer, now()))];
}
