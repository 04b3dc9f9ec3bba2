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

/** How large an operation may be. Fragments count each time they are spread. */
export interface DocumentLimits {
  /** Levels of selections: fields and fragments. */
  nesting: number;
  /** Levels of fields. */
  depth: number;
  /** Fields of the whole operation. */
  fields: number;
  aliases: number;
  /** Fields at the top. */
  rootFields: number;
  directives: number;
}

type Size = Record<keyof DocumentLimits, number>;

const NOTHING: Size = { nesting: 0, depth: 0, fields: 0, aliases: 0, rootFields: 0, directives: 0 };

/** What an operation is too large in, in words for people. */
const WORDS: Record<keyof DocumentLimits, string> = {
  nesting: 'levels of selections, fragments spread out',
  depth: 'levels of fields',
  fields: 'fields, fragments spread out',
  aliases: 'aliases',
  rootFields: 'fields at the top',
  directives: 'directives',
};

/**
 * The first limit that an operation of the document breaks, if any. The time it takes is linear in the document: a
 * fragment is measured once, however often it is spread; the recursion ends at the limit of nesting.
 */
export function exceededLimit(document: DocumentNode, limits: DocumentLimits): GraphQLError | undefined {
  const measure = measurer(document, limits.nesting);
  const sizes = operationsOf(document).map(measure);
  for (const limit of Object.keys(WORDS) as (keyof DocumentLimits)[]) {
    const size = Math.max(0, ...sizes.map((each) => each[limit]));
    if (size <= limits[limit]) continue;
    return new GraphQLError(
      `The operation has ${size.toLocaleString('en')} ${WORDS[limit]}: at most ${limits[limit].toLocaleString('en')} are allowed.`,
      { extensions: { code: 'OPERATION_TOO_LARGE', limit, size, maximum: limits[limit], http: { status: 400 } } },
    );
  }
  return undefined;
}

function operationsOf({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

function measurer({ definitions }: DocumentNode, maxNesting: number): (operation: OperationDefinitionNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();

  function ofFragment(name: string, level: number): Size {
    const known = measured.get(name);
    if (known) return known;
    // A fragment that spreads itself is for the validation to refuse; here its inner spread counts as nothing.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? withDirectives(ofSelections(fragment.selectionSet, level), fragment.directives) : NOTHING;
    measured.set(name, size);
    return size;
  }

  /** `level` counts the selections around these; what is deeper than the limit is not measured. */
  function ofSelections({ selections }: SelectionSetNode, level: number): Size {
    if (level > maxNesting) return { ...NOTHING, nesting: 1 };
    return selections.map((each) => withDirectives(ofSelection(each, level + 1), each.directives)).reduce(add, NOTHING);
  }

  function ofSelection(selection: SelectionNode, level: number): Size {
    if (selection.kind === Kind.FIELD) return ofField(selection, level);
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? ofFragment(selection.name.value, level)
        : ofSelections(selection.selectionSet, level);
    return { ...inner, nesting: inner.nesting + 1 };
  }

  function ofField({ selectionSet, alias }: FieldNode, level: number): Size {
    const inner = selectionSet ? ofSelections(selectionSet, level) : NOTHING;
    return {
      nesting: inner.nesting + 1,
      depth: inner.depth + 1,
      fields: inner.fields + 1,
      aliases: inner.aliases + (alias ? 1 : 0),
      rootFields: 1,
      directives: inner.directives,
    };
  }

  return ({ selectionSet, directives }) => withDirectives(ofSelections(selectionSet, 0), directives);
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
