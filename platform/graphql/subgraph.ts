import type { Log } from '../telemetry/log.ts';
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
  /** Creates the context of one request, with new loaders. */
  context: (request: RequestContext) => Context;
}
