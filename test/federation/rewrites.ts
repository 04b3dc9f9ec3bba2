import {
  type ASTNode,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import type { Operation } from './operations.ts';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Renames each alias to a name that no field has: the same for the same field with the same arguments. */
export function withFreshAliases(operation: Operation): Operation {
  return withSelections(operation, (node) => (node.kind === Kind.FIELD && node.alias ? withFreshAlias(node) : node));
}

/** Adds an alias that no field has to these fields, unless they have one. */
export function withAliasesFor(fields: ReadonlySet<string>, operation: Operation): Operation {
  return withSelections(operation, (node) =>
    node.kind === Kind.FIELD && !node.alias && fields.has(node.name.value) ? withFreshAlias(node) : node,
  );
}

/** Applies `@skip` and `@include`, and removes them. */
export function withoutConditions(operation: Operation): Operation {
  // The default of `$no`, the only Boolean variable with one.
  const values = { no: false, ...operation.variables };
  return withSelections(operation, (node) =>
    node.directives?.every((each) => doesHold(each, values)) ? { ...node, directives: [] } : undefined,
  );
}

/** Removes fields by their names. */
export function withoutFields(fields: ReadonlySet<string>, operation: Operation): Operation {
  return withSelections(operation, (node) =>
    node.kind === Kind.FIELD && fields.has(node.name.value) ? undefined : node,
  );
}

/** Adds `__typename` to each selection set. */
export function withTypenames({ query, variables }: Operation): Operation {
  const changed = visit(parse(query), {
    SelectionSet: (node) => ({ ...node, selections: [TYPENAME, ...node.selections] }),
  });
  return { query: print(changed), variables };
}

function withFreshAlias(node: FieldNode): FieldNode {
  const { alias, name, arguments: args = [] } = node;
  const text = ['as', alias?.value, name.value, ...args.map(print)].join('_');
  return { ...node, alias: { kind: Kind.NAME, value: text.replace(/\W/g, '_') } };
}

function doesHold(
  { name, arguments: [argument] = [] }: DirectiveNode | ConstDirectiveNode,
  values: Record<string, unknown>,
) {
  const value = argument?.value;
  const isTrue = value?.kind === Kind.VARIABLE ? values[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
  return isTrue === (name.value === 'include');
}

/** Returns an operation with each selection replaced, or removed where `change` returns undefined. */
function withSelections(
  { query, variables }: Operation,
  change: (node: SelectionNode) => SelectionNode | undefined,
): Operation {
  const changed: DocumentNode = visit(parse(query), {
    SelectionSet: (node) => {
      const selections = node.selections.flatMap((each) => change(each) ?? []);
      return { ...node, selections: selections.length > 0 ? selections : [TYPENAME] };
    },
  });
  return { query: print(withoutUnused(changed)), variables };
}

/** Removes unused fragments and variables, which make a document invalid. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const used = operations.flatMap((each) => [...fragmentsUsed(each, fragments)]);
  const kept: DocumentNode = { ...document, definitions: [...operations, ...new Set(used)] };
  const variables = namesOf(visit(kept, { VariableDefinition: () => null }), Kind.VARIABLE);
  return visit(kept, {
    VariableDefinition: ({ variable }) => (variables.includes(variable.name.value) ? undefined : null),
  });
}

function fragmentsUsed(
  node: ASTNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Set<FragmentDefinitionNode>(),
): Set<FragmentDefinitionNode> {
  for (const fragment of namesOf(node, Kind.FRAGMENT_SPREAD).flatMap((name) => fragments.get(name) ?? [])) {
    if (found.has(fragment)) continue;
    found.add(fragment);
    fragmentsUsed(fragment, fragments, found);
  }
  return found;
}

function namesOf(node: ASTNode, kind: Kind.FRAGMENT_SPREAD | Kind.VARIABLE): string[] {
  const found: string[] = [];
  visit(node, { [kind]: ({ name }: { name: { value: string } }) => void found.push(name.value) });
  return found;
}
