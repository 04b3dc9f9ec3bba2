import type { ApolloPlugins } from '../operations/apollo-server.ts';

/** Apollo Server plugins of a graph without `apollo-plugins.ts`. */
export const APOLLO_PLUGINS: ApolloPlugins = [];
