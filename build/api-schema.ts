import { existsSync, readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import { supergraphFile } from './compose.ts';
import { NO_SERVICE_YET } from './discover.ts';

/** Returns the API schema of a supergraph, by default of the committed one. */
export function apiSchema(supergraphSdl = committedSupergraph()): GraphQLSchema {
  // Composition has already validated it.
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: null, validateSupergraph: false });
  return supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true });
}

function committedSupergraph(): string {
  const file = supergraphFile();
  if (!existsSync(file)) throw new Error(NO_SERVICE_YET);
  return readFileSync(file, 'utf8');
}
