import { buildSubgraph, Supergraph } from '@apollo/federation-internals';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { withUsualNames } from './usual-names.ts';

/** A supergraph taken apart. */
export interface SupergraphSchemas {
  /** What clients see. */
  api: GraphQLSchema;
  /** What the gateway may ask of each subgraph, by name. */
  subgraphs: Map<string, GraphQLSchema>;
}

/** A text that is no supergraph. */
class InvalidSupergraph extends Error {
  override name = 'InvalidSupergraph';
}

/** Takes a supergraph apart; throws InvalidSupergraph, `origin` says where the text comes from. */
export function readSupergraph(sdl: string, origin: string): SupergraphSchemas {
  try {
    // What the gateway itself sees to, such as who may see what, is no matter here.
    const supergraph = Supergraph.build(sdl, { supportedFeatures: null });
    const subgraphs = supergraph.subgraphs().values();
    return {
      api: supergraph.apiSchema().toGraphQLJSSchema(),
      subgraphs: new Map(subgraphs.map(({ name, schema }) => [name, schema.toGraphQLJSSchema()])),
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new InvalidSupergraph(`${origin} is not a supergraph: ${error.message}`);
  }
}

/** A subgraph's own schema, with its directives for federation under their usual names; throws GraphQLError. */
export function readSubgraph(name: string, sdl: string): GraphQLSchema {
  return buildSubgraph(name, '', withUsualNames(parse(sdl))).schema.toGraphQLJSSchema();
}
