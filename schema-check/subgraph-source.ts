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
  /** Path from the top of the project, for messages. */
  file: string;
}

/** A subgraph's schema, parsed. */
export interface SubgraphSource {
  name: string;
  document: DocumentNode;
}

export type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** What defines an element of the schema in one subgraph. */
export interface Definition {
  subgraph: string;
  node: ASTNode;
}

/** Parses a subgraph's schema, so that each node knows its file and line; throws GraphQLError. */
export function parseSubgraph({ name, sdl, file }: SubgraphSdl): SubgraphSource {
  return { name, document: parse(new Source(sdl, file)) };
}

/** Where a node is written: at its name, past its description. */
export function placeOf(node: ASTNode): Place | undefined {
  const named = 'name' in node && node.name && 'loc' in node.name ? node.name.loc : undefined;
  const loc = named ?? node.loc;
  return loc && { file: loc.source.name, line: loc.startToken.line };
}

/** The types that a document defines or extends. */
export function typesIn({ document }: SubgraphSource): TypeNode[] {
  return document.definitions.filter((node) => isTypeDefinitionNode(node) || isTypeExtensionNode(node));
}

/** Every definition by its schema coordinate (`Type`, `Type.field`, `Type.field(argument:)`), over all subgraphs. */
export function definitionsByCoordinate(subgraphs: SubgraphSource[]): Map<string, Definition[]> {
  const found = new Map<string, Definition[]>();
  for (const subgraph of subgraphs) {
    for (const [coordinate, node] of typesIn(subgraph).flatMap(elementsOf)) {
      found.set(coordinate, [...(found.get(coordinate) ?? []), { subgraph: subgraph.name, node }]);
    }
  }
  return found;
}

/** A type and all that lies in it, each with its coordinate. */
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
