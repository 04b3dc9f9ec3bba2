import { optionalEnv } from '#platform/env.ts';

/** Returns the CDK context for Apollo Studio, from the environment variables of Apollo's tools. */
export function studioContext(): object {
  const graphRef = optionalEnv('APOLLO_GRAPH_REF');
  const ingress = optionalEnv('APOLLO_USAGE_REPORTING_INGRESS_URL');
  return graphRef ? { studio: { graphRef, ...(ingress && { ingress }) } } : {};
}
