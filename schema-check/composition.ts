import { composeServices } from '@apollo/composition';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { unsupportedLinks } from '#platform/federation/specifications.ts';
import { hintFor } from './composition-hints.ts';
import type { Finding, Place } from './finding.ts';
import {
  definitionsByCoordinate,
  parseSubgraph,
  placeOf,
  type SubgraphSdl,
  type SubgraphSource,
} from './subgraph-source.ts';

/** Composed supergraph, or errors. */
export type Composition =
  | { ok: true; supergraphSdl: string; subgraphs: SubgraphSource[] }
  | { ok: false; errors: Finding[] };

/** Composes a supergraph with the routing URLs `lambda://NAME`. */
export function compose(schemas: SubgraphSdl[]): Composition {
  const parsed = schemas.map((schema) => parseOrFinding(schema));
  const errors = parsed.filter((each): each is Finding => 'rule' in each);
  if (errors.length > 0) return { ok: false, errors };
  const subgraphs = parsed.filter((each): each is SubgraphSource => !('rule' in each));
  const services = subgraphs.map(({ name, document }) => ({ name, url: `lambda://${name}`, typeDefs: document }));
  const result = composeServices(services);
  if (!result.supergraphSdl)
    return { ok: false, errors: (result.errors ?? []).map((error) => toFinding(error, subgraphs)) };
  const refused = linkFindings(parse(result.supergraphSdl, { noLocation: true }), subgraphs);
  if (refused.length > 0) return { ok: false, errors: refused };
  return { ok: true, supergraphSdl: result.supergraphSdl, subgraphs };
}

function parseOrFinding(schema: SubgraphSdl): SubgraphSource | Finding {
  try {
    return parseSubgraph(schema);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const places = [{ file: schema.file, line: error.locations?.[0]?.line ?? 1 }];
    return { level: 'error', rule: 'SYNTAX', message: error.message, subgraph: schema.name, places };
  }
}

/** Finds links that the gateway does not support, in the subgraphs too: composition drops links of other specifications. */
function linkFindings(supergraph: DocumentNode, subgraphs: SubgraphSource[]): Finding[] {
  const linking = [{ document: supergraph }, ...subgraphs];
  const problems = new Map(
    linking.flatMap(({ document, ...source }) =>
      unsupportedLinks(document).map((message): [string, Finding] => [
        message,
        {
          level: 'error',
          rule: 'UNSUPPORTED_LINKED_FEATURE',
          message,
          places: [],
          ...('name' in source && { subgraph: source.name }),
          hint: 'Link a version that the gateway supports; or remove `for` from the link if the gateway may ignore it.',
        },
      ]),
    ),
  );
  return [...problems.values()];
}

function toFinding(error: GraphQLError, subgraphs: SubgraphSource[]): Finding {
  const rule = String(error.extensions.code ?? 'COMPOSITION');
  const [, subgraph] = /^\[([^\]]+)\]/.exec(error.message) ?? [];
  const hint = hintFor(rule, error.message);
  return {
    level: 'error',
    rule,
    message: error.message,
    places: placesOf(error, subgraphs),
    ...(subgraph && { subgraph }),
    ...(hint && { hint }),
  };
}

/** Errors about unreachable fields have no nodes, but name field and subgraph in the message. */
function placesOf({ nodes, message }: GraphQLError, subgraphs: SubgraphSource[]): Place[] {
  if (nodes && nodes.length > 0) return nodes.flatMap((node) => placeOf(node) ?? []);
  const definitions = definitionsByCoordinate(subgraphs);
  const named = [...message.matchAll(/subgraph "([^"]+)", which has field "([^"]+)"/g)];
  const places = named.flatMap(([, subgraph, coordinate = '']) =>
    (definitions.get(coordinate) ?? [])
      .filter((each) => each.subgraph === subgraph)
      .flatMap(({ node }) => placeOf(node) ?? []),
  );
  return [...new Map(places.map((place) => [`${place.file}:${place.line}`, place])).values()];
}
