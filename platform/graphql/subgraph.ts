import type { Log } from '../telemetry/log.ts';
import type { SubscriptionSources } from './subscriptions.ts';
import type { Viewer } from './viewer.ts';

/** Request context of every subgraph; each adds its stores and loaders. */
export interface RequestContext {
  viewer: Viewer | undefined;
  requestId: string;
  log: Log;
}

export interface Subgraph<Context extends RequestContext> {
  /** SDL of the subgraph. */
  typeDefs: string;
  resolvers: object;
  /** Sources of the fields of `Subscription`, from `subscriptions.ts`. */
  subscriptions?: SubscriptionSources;
  /** Creates the context of one request, with new loaders. */
  context: (request: RequestContext) => Context;
}
