import { optionalEnv } from '#platform/env.ts';

/** The app's context for a graph in Apollo Studio, from the environment variables that Apollo's own tools read. */
export function studioContext(): object {
  const graphRef = optionalEnv('APOLLO_GRAPH_REF');
  const ingress = optionalEnv('APOLLO_USAGE_REPORTING_INGRESS_URL');
  return graphRef ? { studio: { graphRef, ...(ingress && { ingress }) } } : {};
}
