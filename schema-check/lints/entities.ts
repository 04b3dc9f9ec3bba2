import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from 'graphql';
import { type SubgraphSource, typesIn } from '../subgraph-source.ts';
import { withUsualNames } from '../usual-names.ts';

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/** Definition of an entity in one subgraph, with standard directive names. */
export interface EntityPart {
  subgraph: string;
  node: ObjectNode;
}

/**
 * Returns each entity's definition in its owning subgraph, by type name. The owner is inferred: the subgraph with the most
 * non-key fields, among those that do not use `extend type`.
 */
export function ownersParts(parts: Map<string, EntityPart[]>): Map<string, EntityPart> {
  const owners = [...parts].flatMap(([type, ofType]) =>
    ofType
      .toSorted(bySize)
      .slice(0, 1)
      .map((part) => [type, part] as const),
  );
  return new Map(owners);
}

const bySize = (a: EntityPart, b: EntityPart) => sizeOf(b.node) - sizeOf(a.node);
const sizeOf = (node: ObjectNode) => (node.kind === Kind.OBJECT_TYPE_EXTENSION ? -1 : ownFields(node).length);

/** Returns the definitions of all entities, by type name. */
export function entityParts(subgraphs: SubgraphSource[]): Map<string, EntityPart[]> {
  const parts = subgraphs.flatMap(({ name, document }) =>
    typesIn({ name, document: withUsualNames(document) })
      .filter(isObject)
      .filter((node) => keysOf(node).length > 0)
      .map((node) => ({ subgraph: name, node })),
  );
  return Map.groupBy(parts, ({ node }) => node.name.value);
}

/** Returns the fields that a subgraph adds to an entity: neither keys nor @external. */
export function ownFields(node: ObjectNode): FieldDefinitionNode[] {
  const keys = new Set(keyFields(node).flat());
  return (node.fields ?? []).filter((field) => !keys.has(field.name.value) && !hasDirective(field, 'external'));
}

/** Returns the top-level fields of each key. */
export function keyFields(node: ObjectNode): string[][] {
  return keysOf(node).map(fieldsOfKey);
}

function isObject(node: { kind: string }): node is ObjectNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
}

function keysOf(node: ObjectNode): ConstDirectiveNode[] {
  return (node.directives ?? []).filter(({ name }) => name.value === 'key');
}

/** Returns the top-level fields of a key's selection. */
function fieldsOfKey({ arguments: args = [] }: ConstDirectiveNode): string[] {
  const value = args.find(({ name }) => name.value === 'fields')?.value;
  if (value?.kind !== Kind.STRING) return [];
  const [selection] = parse(`{ ${value.value} }`).definitions;
  if (selection?.kind !== Kind.OPERATION_DEFINITION) return [];
  return selection.selectionSet.selections.flatMap((field) => (field.kind === Kind.FIELD ? [field.name.value] : []));
}

function hasDirective({ directives = [] }: FieldDefinitionNode, name: string): boolean {
  return directives.some((directive) => directive.name.value === name);
}
