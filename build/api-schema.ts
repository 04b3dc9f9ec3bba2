import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import { supergraphFile } from './compose.ts';

/** The schema that clients see, of the committed supergraph. */
export function apiSchema(supergraphSdl = readFileSync(supergraphFile(), 'utf8')): GraphQLSchema {
  // Composition has validated it; whatever it uses, clients see the same.
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: null, validateSupergraph: false });
  return supergraph.apiSchema().toGraphQLJSSchema();
}
