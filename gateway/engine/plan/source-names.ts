import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { JoinedFields } from './joined-fields.ts';

/** An operation with names that cannot clash, and what they stand for. */
export interface NamedOperation {
  /** What is planned. */
  document: DocumentNode;
  /** The key under which subgraphs give the value of a field of the client's document. */
  sourceOf: (field: FieldNode) => string;
}

/**
 * Gives each field of an operation the key under which subgraphs answer it: the same for the same field and arguments,
 * whatever the client calls it, and another for other arguments. So a client's alias never hides a field that the
 * planner selects by itself, and what is asked for twice is fetched once.
 */
export function withSourceNames(document: DocumentNode, schema: GraphQLSchema, joined: JoinedFields): NamedOperation {
  const variants = variantsOf(document, schema);
  const sources = new Map<FieldNode, string>();
  const named = visitFields(document, schema, (field, isMutation) => {
    const source = sourceName(field, variants.get(field.name.value), variantOf(field, isMutation), joined);
    sources.set(field, source);
    return withAlias(field, source);
  });
  return { document: named, sourceOf: (field) => sources.get(field) ?? field.name.value };
}

/** The variants in which the document has a field, numbered. */
type Variants = Map<string, number>;

function variantsOf(document: DocumentNode, schema: GraphQLSchema): Map<string, Variants> {
  const all = new Map<string, Variants>();
  visitFields(document, schema, (field, isMutation) => {
    const variants = all.get(field.name.value) ?? new Map<string, number>();
    const variant = variantOf(field, isMutation);
    if (!variants.has(variant)) variants.set(variant, variants.size);
    all.set(field.name.value, variants);
    return undefined;
  });
  return all;
}

/** A field with its arguments and directives; fields of a mutation are each done, so there the key counts too. */
function variantOf(field: FieldNode, isMutation: boolean): string {
  const parts = [
    ...(field.arguments ?? []),
    ...(field.directives ?? []).filter(({ name }) => !isConditional(name.value)),
  ];
  const variant = parts.map(print).sort().join(' ');
  return isMutation && field.alias ? `${field.alias.value}:${variant}` : variant;
}

function sourceName(
  { name: { value: name } }: FieldNode,
  variants: Variants | undefined,
  variant: string,
  joined: JoinedFields,
): string {
  const isOneOfMany = (variants?.size ?? 0) > 1;
  const mayClash = variant === '' ? joined.withArguments.has(name) : joined.all.has(name) || isOneOfMany;
  return mayClash && !name.startsWith('__') ? `_${variants?.get(variant)}_${name}` : name;
}

function withAlias(field: FieldNode, source: string): FieldNode {
  const { alias: _, ...plain } = field;
  return source === field.name.value ? plain : { ...plain, alias: { kind: Kind.NAME, value: source } };
}

function isConditional(directive: string): boolean {
  return directive === 'skip' || directive === 'include';
}

function visitFields(
  document: DocumentNode,
  schema: GraphQLSchema,
  enter: (field: FieldNode, isMutation: boolean) => FieldNode | undefined,
): DocumentNode {
  const types = new TypeInfo(schema);
  const mutation = schema.getMutationType();
  const isMutation = () => !!mutation && types.getParentType() === mutation;
  return visit(document, visitWithTypeInfo(types, { Field: (field) => enter(field, isMutation()) }));
}
