import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { DirectiveNames } from '#platform/federation/directive-names.ts';

/** `@cacheControl` of a field or a type. */
export interface CacheHint {
  /** Seconds. */
  maxAge?: number;
  scope?: 'PUBLIC' | 'PRIVATE';
  /** The field has its parent's `maxAge`. */
  inheritMaxAge?: boolean;
}

/** Hints by schema coordinate: `Type` or `Type.field`. */
export type CacheHints = ReadonlyMap<string, CacheHint>;

/** Reads `@cacheControl` from a supergraph; https://www.apollographql.com/docs/apollo-server/performance/caching */
export function cacheHints(supergraph: DocumentNode): CacheHints {
  const hints = new Map<string, CacheHint>();
  const names = new DirectiveNames(supergraph);
  const read = (coordinate: string, node: { readonly directives?: readonly ConstDirectiveNode[] }) => {
    const [directive] = names.applied('cacheControl', node);
    if (directive) hints.set(coordinate, hintFrom(directive));
  };
  for (const definition of supergraph.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        read(definition.name.value, definition);
        for (const field of definition.fields ?? []) read(`${definition.name.value}.${field.name.value}`, field);
        break;
      case Kind.UNION_TYPE_DEFINITION:
        read(definition.name.value, definition);
    }
  }
  return hints;
}

function hintFrom({ arguments: given = [] }: ConstDirectiveNode): CacheHint {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
