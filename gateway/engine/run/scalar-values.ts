import type { OutputType } from '../program.ts';

/** Gives the value that a client gets of what a subgraph gave; `undefined` if the type has no such value. */
export type Serializer = (value: unknown) => unknown;

/** The serializer of a scalar or an enum. A scalar of the schema's own passes as it came. */
export function serializerOf(name: string, type: OutputType | undefined): Serializer {
  if (type?.kind === 'enum') {
    const values = new Set<unknown>(type.values);
    return (value) => (values.has(value) ? value : undefined);
  }
  return BUILT_IN[name] ?? ((value) => value);
}

/** https://spec.graphql.org/October2021/#sec-Scalars.Built-in-Scalars */
const BUILT_IN: Record<string, Serializer | undefined> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Int: (value) => (typeof value === 'number' && (value | 0) === value ? value : undefined),
  Float: (value) => (typeof value === 'number' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  ID: (value) => (typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : undefined),
};
