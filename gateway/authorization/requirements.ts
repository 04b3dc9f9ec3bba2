import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  Kind,
  type NameNode,
  valueFromASTUntyped,
} from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';
import { inheritRequirements, type TypeRequirements } from './inherited-requirements.ts';
import type { Requirement, Requirements } from './requirement.ts';

/** Schema element with directives. */
interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const READERS = {
  authenticated: (): Requirement => ({ kind: 'authenticated' }),
  requiresScopes: (directive: ConstDirectiveNode): Requirement => ({ kind: 'scopes', anyOf: listsIn(directive) }),
  policy: (directive: ConstDirectiveNode): Requirement => ({ kind: 'policies', anyOf: listsIn(directive) }),
};
const ACCESS_DIRECTIVES = ['authenticated', 'requiresScopes', 'policy'] as const;

/**
 * Reads `@authenticated`, `@requiresScopes` and `@policy` from a supergraph, including renamed imports, and propagates
 * them between interfaces and implementing types.
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives#managing-schema-access
 */
export function readRequirements(supergraph: DocumentNode): Requirements {
  const names = new DirectiveNames(supergraph);
  return inheritRequirements(supergraph.definitions.flatMap((each) => typeRequirements(each, names) ?? []));
}

function typeRequirements(definition: DefinitionNode, names: DirectiveNames): TypeRequirements | undefined {
  const read = (node: Annotated) =>
    ACCESS_DIRECTIVES.flatMap((each) => names.applied(each, node).map((directive) => READERS[each](directive)));
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION: {
      const isInterface =
        definition.kind === Kind.INTERFACE_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_EXTENSION;
      return {
        name: definition.name.value,
        isInterface,
        requirements: read(definition),
        fields: new Map((definition.fields ?? []).map((field) => [field.name.value, read(field)])),
        interfaces: valuesOf(definition.interfaces?.map(({ name }) => name)),
        objectFields: isInterface ? interfaceObjectFields(definition, names) : [],
      };
    }
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_EXTENSION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION:
      return { ...NO_FIELDS, name: definition.name.value, requirements: read(definition) };
    default:
      return undefined;
  }
}

const NO_FIELDS = { isInterface: false, fields: new Map<string, Requirement[]>(), interfaces: [], objectFields: [] };

/** Returns the fields of an interface that come from subgraphs with `@interfaceObject`. */
function interfaceObjectFields(
  node: InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode,
  names: DirectiveNames,
): string[] {
  const graphs = new Set(
    names
      .applied('joinType', node)
      .filter((each) => argument(each, 'isInterfaceObject') === true)
      .map((each) => argument(each, 'graph')),
  );
  if (graphs.size === 0) return [];
  const fields = (node.fields ?? []).filter((field) => {
    const joins = names.applied('joinField', field);
    return joins.length === 0 || joins.some((each) => graphs.has(argument(each, 'graph')));
  });
  return valuesOf(fields.map(({ name }) => name));
}

function valuesOf(names: readonly NameNode[] = []): string[] {
  return names.map(({ value }) => value);
}

function argument({ arguments: given = [] }: ConstDirectiveNode, name: string): unknown {
  const value = given.find((each) => each.name.value === name)?.value;
  return value && valueFromASTUntyped(value);
}

/** Reads a list of lists; a single value is coerced to a list at both levels. https://spec.graphql.org/October2021/#sec-List.Input-Coercion */
function listsIn({ arguments: [only] = [] }: ConstDirectiveNode): string[][] {
  return only ? listOf(valueFromASTUntyped(only.value)).map((all) => listOf(all).map(String)) : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
