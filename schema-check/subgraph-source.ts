import {
  type ASTNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  parse,
  Source,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import type { Place } from './finding.ts';

/** A subgraph's schema as text. */
export interface SubgraphSdl {
  name: string;
  sdl: string;
  /** Path relative to the project root, for messages. */
  file: string;
}

/** A subgraph's schema, parsed. */
export interface SubgraphSource {
  name: string;
  document: DocumentNode;
}

export type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** Definition of a schema element in one subgraph. */
export interface Definition {
  subgraph: string;
  node: ASTNode;
}

/** Parses a subgraph's schema with source locations; throws GraphQLError. */
export function parseSubgraph({ name, sdl, file }: SubgraphSdl): SubgraphSource {
  return { name, document: parse(new Source(sdl, file)) };
}

/** Returns a node's position: that of its name, after the description. */
export function placeOf(node: ASTNode): Place | undefined {
  const named = 'name' in node && node.name && 'loc' in node.name ? node.name.loc : undefined;
  const loc = named ?? node.loc;
  return loc && { file: loc.source.name, line: loc.startToken.line };
}

/** Returns the types defined or extended in a document. */
export function typesIn({ document }: SubgraphSource): TypeNode[] {
  return document.definitions.filter((node) => isTypeDefinitionNode(node) || isTypeExtensionNode(node));
}

/** Returns all definitions by schema coordinate (`Type`, `Type.field`, `Type.field(argument:)`), over all subgraphs. */
export function definitionsByCoordinate(subgraphs: SubgraphSource[]): Map<string, Definition[]> {
  const found = new Map<string, Definition[]>();
  for (const subgraph of subgraphs) {
    for (const [coordinate, node] of typesIn(subgraph).flatMap(elementsOf)) {
      found.set(coordinate, [...(found.get(coordinate) ?? []), { subgraph: subgraph.name, node }]);
    }
  }
  return found;
}

/** Returns a type and its members, with their coordinates. */
function elementsOf(type: TypeNode): [string, ASTNode][] {
  const members = 'fields' in type ? (type.fields ?? []) : 'values' in type ? (type.values ?? []) : [];
  const fields = members.flatMap((member) => {
    const coordinate = `${type.name.value}.${member.name.value}`;
    return [[coordinate, member], ...argumentsOf(coordinate, member)] as [string, ASTNode][];
  });
  return [[type.name.value, type], ...fields];
}

function argumentsOf(coordinate: string, node: ASTNode): [string, ASTNode][] {
  const { arguments: args = [] } = node as Partial<FieldDefinitionNode>;
  return args.map((argument: InputValueDefinitionNode) => [`${coordinate}(${argument.name.value}:)`, argument]);
}
