import type { ApolloPlugins } from '../operations/apollo-server.ts';

/** The Apollo Server plugins of a graph whose folder has no `apollo-plugins.ts`. */
export const APOLLO_PLUGINS: ApolloPlugins = [];
