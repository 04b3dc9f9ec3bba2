import { buildSubgraph, Supergraph } from '@apollo/federation-internals';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { withUsualNames } from './usual-names.ts';

/** Schemas in a supergraph. */
export interface SupergraphSchemas {
  /** API schema. */
  api: GraphQLSchema;
  /** Subgraph schemas, by name. */
  subgraphs: Map<string, GraphQLSchema>;
}

/** Text that is not a supergraph. */
class InvalidSupergraph extends Error {
  override name = 'InvalidSupergraph';
}

/** Takes a supergraph apart; throws InvalidSupergraph, `origin` says where the text comes from. */
export function readSupergraph(sdl: string, origin: string): SupergraphSchemas {
  try {
    // Accept all features: those that the gateway enforces, such as authorization, do not matter here.
    const supergraph = Supergraph.build(sdl, { supportedFeatures: null });
    const subgraphs = supergraph.subgraphs().values();
    return {
      api: supergraph.apiSchema().toGraphQLJSSchema({ includeDefer: true }),
      subgraphs: new Map(subgraphs.map(({ name, schema }) => [name, schema.toGraphQLJSSchema()])),
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new InvalidSupergraph(`${origin} is not a supergraph: ${error.message}`);
  }
}

/** Builds a subgraph's schema, with standard names of federation directives; throws GraphQLError. */
export function readSubgraph(name: string, sdl: string): GraphQLSchema {
  return buildSubgraph(name, '', withUsualNames(parse(sdl))).schema.toGraphQLJSSchema();
}
