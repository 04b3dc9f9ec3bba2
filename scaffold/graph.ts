import { join } from 'node:path';
import { GraphQLSchema } from 'graphql';
import { ROOT, readSchemas } from '../build/discover.ts';
import { compose } from '../schema-check/composition.ts';
import { type EntityPart, entityParts, ownersParts } from '../schema-check/lints/entities.ts';
import { findingLines } from '../schema-check/report/finding-lines.ts';
import type { SubgraphSdl, SubgraphSource } from '../schema-check/subgraph-source.ts';
import { readSupergraph } from '../schema-check/supergraph.ts';
import { type PublishedEvent, publishedEvents } from './published-events.ts';

/** The graph as its subgraph folders define it. */
export interface Graph {
  schemas: SubgraphSdl[];
  sources: SubgraphSource[];
  api: GraphQLSchema;
  /** Names of all types in all subgraphs, including those hidden from clients. */
  types: Set<string>;
  /** Each entity's definition in its owning subgraph. */
  entities: Map<string, EntityPart>;
  events: Map<string, PublishedEvent>;
}

/** Reads and composes the subgraph folders; throws if they do not compose. */
export async function readGraph(root = ROOT): Promise<Graph> {
  const schemas = readSchemas(root);
  if (schemas.length === 0) return EMPTY;
  const composed = compose(schemas);
  if (!composed.ok) {
    const errors = composed.errors.flatMap((error) => findingLines(error, (_, text) => text));
    throw new Error(`The graph does not compose. Fix it first:\n${errors.join('\n')}`);
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

const EMPTY: Graph = {
  schemas: [],
  sources: [],
  api: new GraphQLSchema({}),
  types: new Set(),
  entities: new Map(),
  events: new Map(),
};
