import type { OutputType } from '../program.ts';

/** Serializes a subgraph's value for the client; returns `undefined` if it is not valid for the type. */
export type Serializer = (value: unknown) => unknown;

/** Returns the serializer of a scalar or an enum. Custom scalars are passed through. */
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
