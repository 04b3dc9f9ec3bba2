import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/** What a viewer needs for a field or a type: alternatives in the outer list, all of an inner one together. */
export type Requirement =
  | { kind: 'authenticated' }
  | { kind: 'scopes'; anyOf: string[][] }
  | { kind: 'policies'; anyOf: string[][] };

/** Requirements by schema coordinate: `Type` or `Type.field`; all of a coordinate must be met. */
export type Requirements = ReadonlyMap<string, Requirement[]>;

const READERS: Record<string, (directive: ConstDirectiveNode) => Requirement> = {
  authenticated: () => ({ kind: 'authenticated' }),
  requiresScopes: (directive) => ({ kind: 'scopes', anyOf: listsIn(directive) }),
  policy: (directive) => ({ kind: 'policies', anyOf: listsIn(directive) }),
};

/**
 * Reads `@authenticated`, `@requiresScopes` and `@policy` of a supergraph.
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives#managing-schema-access
 */
export function requirementsIn({ definitions }: DocumentNode): Requirements {
  const found = new Map<string, Requirement[]>();
  const read = (coordinate: string, directives: readonly ConstDirectiveNode[] = []) => {
    const all = directives.flatMap((directive) => READERS[directive.name.value]?.(directive) ?? []);
    if (all.length > 0) found.set(coordinate, all);
  };
  for (const definition of definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        read(definition.name.value, definition.directives);
        for (const field of definition.fields ?? []) {
          read(`${definition.name.value}.${field.name.value}`, field.directives);
        }
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        read(definition.name.value, definition.directives);
    }
  }
  return found;
}

function listsIn({ arguments: [only] = [] }: ConstDirectiveNode): string[][] {
  return only ? (valueFromASTUntyped(only.value) as string[][]) : [];
}
