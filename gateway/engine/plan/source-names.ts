import { type DocumentNode, type FieldNode, Kind, print, type SelectionSetNode } from 'graphql';
import type { JoinedFields } from './joined-fields.ts';

/** Returns the response key of a field in subgraph responses. */
export type SourceNames = (field: FieldNode) => string;

/** Numbers of the distinct argument lists that a document has for one field name. */
type Variants = Map<string, number>;

/**
 * Assigns each field of a client's document its response key in subgraph operations: one key per field name and arguments,
 * regardless of the client's aliases. So an alias never collides with a field that the planner adds, and a field selected
 * twice is fetched once.
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
        addVariant(node, isMutation);
        if (node.selectionSet) read(node.selectionSet, false);
      } else if (node.kind === Kind.INLINE_FRAGMENT) read(node.selectionSet, isMutation);
    }
  }

  function addVariant(field: FieldNode, isMutation: boolean): void {
    const variants = byName.get(field.name.value) ?? new Map<string, number>();
    const variant = variantText(field, isMutation);
    if (!variants.has(variant)) variants.set(variant, variants.size);
    byName.set(field.name.value, variants);
    variantOf.set(field, variant);
  }

  return (field) => sourceName(field.name.value, variantOf.get(field) ?? '', byName.get(field.name.value), joined);
}

/** Returns a field's arguments and directives as text. The alias counts for a mutation, which runs once per response key. */
function variantText(field: FieldNode, isMutation: boolean): string {
  const { arguments: given = [], directives = [], alias } = field;
  const parts = [...given, ...directives.filter(({ name }) => !isConditional(name.value))];
  const variant = parts.map(print).sort().join(' ');
  return isMutation && alias ? `${alias.value}:${variant}` : variant;
}

function sourceName(name: string, variant: string, variants: Variants | undefined, joined: JoinedFields): string {
  const hasOtherVariants = (variants?.size ?? 0) > 1;
  const mayClash = variant === '' ? joined.withArguments.has(name) : joined.all.has(name) || hasOtherVariants;
  return mayClash && !name.startsWith('__') ? `_${variants?.get(variant)}_${name}` : name;
}

function isConditional(directive: string): boolean {
  return directive === 'skip' || directive === 'include';
}
