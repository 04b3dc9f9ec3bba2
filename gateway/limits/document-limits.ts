import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Maximum sizes of an operation. A fragment counts each time it is spread. */
export interface DocumentLimits {
  /** Levels of nested fields and fragments. */
  nesting: number;
  /** Levels of nested fields. */
  depth: number;
  fields: number;
  aliases: number;
  rootFields: number;
  directives: number;
}

type Size = Record<keyof DocumentLimits, number>;

const EMPTY: Size = { nesting: 0, depth: 0, fields: 0, aliases: 0, rootFields: 0, directives: 0 };

/** Names of the limits in messages. */
const LABELS: Record<keyof DocumentLimits, string> = {
  nesting: 'levels of nested selections including fragments',
  depth: 'levels of nested fields',
  fields: 'fields including fragments',
  aliases: 'aliases',
  rootFields: 'root fields',
  directives: 'directives',
};

/**
 * Returns an error for the first limit that an operation of the document exceeds, if any. Time is linear in the document:
 * each fragment is measured once, and recursion stops at the limit of nesting.
 */
export function exceededLimit(document: DocumentNode, limits: DocumentLimits): GraphQLError | undefined {
  const measure = createMeasurer(document, limits.nesting);
  const sizes = operationsOf(document).map(measure);
  for (const limit of Object.keys(LABELS) as (keyof DocumentLimits)[]) {
    const size = Math.max(0, ...sizes.map((each) => each[limit]));
    if (size <= limits[limit]) continue;
    return new GraphQLError(
      `The operation has ${size.toLocaleString('en')} ${LABELS[limit]}, more than the maximum of ${limits[limit].toLocaleString('en')}.`,
      { extensions: { code: 'OPERATION_TOO_LARGE', limit, size, maximum: limits[limit], http: { status: 400 } } },
    );
  }
  return undefined;
}

function operationsOf({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

function createMeasurer(
  { definitions }: DocumentNode,
  maxNesting: number,
): (operation: OperationDefinitionNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();

  function measureFragment(name: string, level: number): Size {
    const known = measured.get(name);
    if (known) return known;
    // Validation rejects cyclic fragments later; here the inner spread counts as empty.
    measured.set(name, EMPTY);
    const fragment = fragments.get(name);
    const size = fragment
      ? withDirectives(measureSelections(fragment.selectionSet, level), fragment.directives)
      : EMPTY;
    measured.set(name, size);
    return size;
  }

  /** `level` is the number of enclosing selections; deeper selections than the limit are not measured. */
  function measureSelections({ selections }: SelectionSetNode, level: number): Size {
    if (level > maxNesting) return { ...EMPTY, nesting: 1 };
    return selections
      .map((each) => withDirectives(measureSelection(each, level + 1), each.directives))
      .reduce(add, EMPTY);
  }

  function measureSelection(selection: SelectionNode, level: number): Size {
    if (selection.kind === Kind.FIELD) return measureField(selection, level);
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? measureFragment(selection.name.value, level)
        : measureSelections(selection.selectionSet, level);
    return { ...inner, nesting: inner.nesting + 1 };
  }

  function measureField({ selectionSet, alias }: FieldNode, level: number): Size {
    const inner = selectionSet ? measureSelections(selectionSet, level) : EMPTY;
    return {
      nesting: inner.nesting + 1,
      depth: inner.depth + 1,
      fields: inner.fields + 1,
      aliases: inner.aliases + (alias ? 1 : 0),
      rootFields: 1,
      directives: inner.directives,
    };
  }

  return ({ selectionSet, directives }) => withDirectives(measureSelections(selectionSet, 0), directives);
}

function withDirectives(size: Size, directives: readonly unknown[] = []): Size {
  return { ...size, directives: size.directives + directives.length };
}

function add(a: Size, b: Size): Size {
  return {
    nesting: Math.max(a.nesting, b.nesting),
    depth: Math.max(a.depth, b.depth),
    fields: a.fields + b.fields,
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    directives: a.directives + b.directives,
  };
}
