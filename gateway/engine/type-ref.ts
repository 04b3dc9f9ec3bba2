/** A type reference such as `[ID!]!`. */
export type TypeRef = { nonNull: boolean } & ({ name: string } | { item: TypeRef });

/** Parses a type reference; https://spec.graphql.org/October2021/#sec-Type-References */
export function parseTypeRef(text: string): TypeRef {
  const nonNull = text.endsWith('!');
  const bare = nonNull ? text.slice(0, -1) : text;
  return bare.startsWith('[') ? { nonNull, item: parseTypeRef(bare.slice(1, -1)) } : { nonNull, name: bare };
}

/** Returns the named type inside lists and non-nulls. */
export function namedTypeOf(text: string): string {
  return text.replaceAll(/[![\]]/g, '');
}
