import { join } from 'node:path';
import { GraphQLSchema } from 'graphql';
import { ROOT, readSchemas } from '../build/discover.ts';
import { compose } from '../schema-check/composition.ts';
import { type EntityPart, entityParts, ownersParts } from '../schema-check/lints/entities.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import type { SubgraphSdl, SubgraphSource } from '../schema-check/subgraph-source.ts';
import { readSupergraph } from '../schema-check/supergraph.ts';
import { type PublishedEvent, publishedEvents } from './published-events.ts';

/** What is there already. */
export interface Graph {
  schemas: SubgraphSdl[];
  sources: SubgraphSource[];
  api: GraphQLSchema;
  /** Every type that a subgraph defines, what clients do not see included. */
  types: Set<string>;
  /** The part of each entity that lies with its owner. */
  entities: Map<string, EntityPart>;
  events: Map<string, PublishedEvent>;
}

/** Reads the graph that the folders make; throws if they do not compose. */
export async function readGraph(root = ROOT): Promise<Graph> {
  const schemas = readSchemas(root);
  if (schemas.length === 0) return EMPTY;
  const composed = compose(schemas);
  if (!composed.ok) {
    const errors = composed.errors.flatMap((error) => findingLines(error, (_, text) => text));
    throw new Error(`The graph does not compose: mend it first.\n${errors.join('\n')}`);
  }
  const { api, subgraphs } = readSupergraph(composed.supergraphSdl, 'The composed schema');
  return {
    schemas,
    sources: composed.subgraphs,
    api,
    types: new Set([...subgraphs.values()].flatMap((schema) => Object.keys(schema.getTypeMap()))),
    entities: ownersParts(entityParts(composed.subgraphs)),
    events: await publishedEvents(join(root, 'subgraphs')),
  };
}

/** A graph that has no service yet. */
const EMPTY: Graph = {
  schemas: [],
  sources: [],
  api: new GraphQLSchema({}),
  types: new Set(),
  entities: new Map(),
  events: new Map(),
};
