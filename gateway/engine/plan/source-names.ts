import { type DocumentNode, type FieldNode, Kind, print, type SelectionSetNode } from 'graphql';
import type { JoinedFields } from './joined-fields.ts';

/** Gives the key under which subgraphs give the value of a field. */
export type SourceNames = (field: FieldNode) => string;

/** The variants in which a document has a field, numbered. */
type Variants = Map<string, number>;

/**
 * Gives each field of a client's document the key under which subgraphs answer it: the same for the same field and
 * arguments, whatever the client calls it, and another for other arguments. So a client's alias never hides a field
 * that the planner selects by itself, and what is asked for twice is fetched once.
 */
export function sourceNames(
  document: DocumentNode,
  mutationType: string | undefined,
  joined: JoinedFields,
): SourceNames {
  const byName = new Map<string, Variants>();
  const variantOf = new Map<FieldNode, string>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      read(definition.selectionSet, definition.operation === 'mutation');
    else if (definition.kind === Kind.FRAGMENT_DEFINITION)
      read(definition.selectionSet, definition.typeCondition.name.value === mutationType);
  }

  function read({ selections }: SelectionSetNode, isMutation: boolean): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        note(node, isMutation);
        if (node.selectionSet) read(node.selectionSet, false);
      } else if (node.kind === Kind.INLINE_FRAGMENT) read(node.selectionSet, isMutation);
    }
  }

  function note(field: FieldNode, isMutation: boolean): void {
    const variants = byName.get(field.name.value) ?? new Map<string, number>();
    const variant = textOf(field, isMutation);
    if (!variants.has(variant)) variants.set(variant, variants.size);
    byName.set(field.name.value, variants);
    variantOf.set(field, variant);
  }

  return (field) => sourceName(field.name.value, variantOf.get(field) ?? '', byName.get(field.name.value), joined);
}

/** A field with its arguments and directives; a mutation is done for each key that the client gives it. */
function textOf(field: FieldNode, isMutation: boolean): string {
  const { arguments: given = [], directives = [], alias } = field;
  const parts = [...given, ...directives.filter(({ name }) => !isConditional(name.value))];
  const variant = parts.map(print).sort().join(' ');
  return isMutation && alias ? `${alias.value}:${variant}` : variant;
}

function sourceName(name: string, variant: string, variants: Variants | undefined, joined: JoinedFields): string {
  const isOneOfMany = (variants?.size ?? 0) > 1;
  const mayClash = variant === '' ? joined.withArguments.has(name) : joined.all.has(name) || isOneOfMany;
  return mayClash && !name.startsWith('__') ? `_${variants?.get(variant)}_${name}` : name;
}

function isConditional(directive: string): boolean {
  return directive === 'skip' || directive === 'include';
}
