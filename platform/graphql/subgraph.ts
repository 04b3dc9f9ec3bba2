import type { Log } from '../telemetry/log.ts';
import type { Viewer } from './viewer.ts';

/** What every subgraph knows of a request; a subgraph's own context adds its stores and loaders. */
export interface RequestContext {
  viewer: Viewer | undefined;
  requestId: string;
  log: Log;
}

export interface Subgraph<Context extends RequestContext> {
  /** The subgraph's schema, SDL text. */
  typeDefs: string;
  resolvers: object;
  /** Makes the context of one request: fresh loaders, the viewer, the clock. */
  context: (request: RequestContext) => Context;
}
