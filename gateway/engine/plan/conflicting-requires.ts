import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { areRivals, type JoinedFields, type RequiredArguments } from './joined-fields.ts';

/**
 * Parts a query so that no part selects fields whose `@requires` give different arguments to one field: the planner
 * would fetch that field once, and give the same value to both. The parts are run one after the other. A mutation is not
 * parted, since that would do it twice.
 */
export function partedByRequirements(
  document: DocumentNode,
  schema: GraphQLSchema,
  joined: JoinedFields,
): DocumentNode[] {
  const [operation] = document.definitions;
  if (joined.rivals.size === 0 || operation?.kind !== Kind.OPERATION_DEFINITION) return [document];
  if (operation.operation !== 'query') return [document];
  const parts = grouped(requiringFields(document, schema, joined));
  if (parts.length < 2) return [document];
  const later = parts.slice(1);
  const first = without(operation, new Set(later.flatMap((part) => [...part])));
  return [first, ...later.map((part) => only(operation, part))].map(documentOf);
}

/** Fields of the document that have rivals, with what they require. */
function requiringFields(document: DocumentNode, schema: GraphQLSchema, { rivals }: JoinedFields) {
  const found: { field: FieldNode; required: RequiredArguments }[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (field) => {
        const parent = types.getParentType();
        for (const type of parent ? objectTypes(parent, schema) : []) {
          const required = rivals.get(`${type}.${field.name.value}`);
          if (required) found.push({ field, required });
        }
      },
    }),
  );
  return found;
}

function objectTypes(type: GraphQLNamedType, schema: GraphQLSchema): string[] {
  const named = getNamedType(type);
  return isAbstractType(named) ? schema.getPossibleTypes(named).map(({ name }) => name) : [named.name];
}

/** As few groups as can be found at once, in each of which all requirements can be met together. */
function grouped(requiring: { field: FieldNode; required: RequiredArguments }[]): Set<FieldNode>[] {
  const groups: { fields: Set<FieldNode>; required: RequiredArguments[] }[] = [];
  for (const { field, required } of requiring) {
    const fitting = groups.find((group) => !group.required.some((each) => areRivals(each, required)));
    if (!fitting) groups.push({ fields: new Set([field]), required: [required] });
    else {
      fitting.fields.add(field);
      fitting.required.push(required);
    }
  }
  return groups.map(({ fields }) => fields);
}

function without(operation: OperationDefinitionNode, fields: ReadonlySet<FieldNode>): OperationDefinitionNode {
  return { ...operation, selectionSet: pruned(operation.selectionSet, (field) => (fields.has(field) ? 'no' : 'look')) };
}

function only(operation: OperationDefinitionNode, fields: ReadonlySet<FieldNode>): OperationDefinitionNode {
  const keep = (field: FieldNode) => (fields.has(field) ? 'whole' : field.selectionSet ? 'look' : 'no');
  return { ...operation, selectionSet: pruned(operation.selectionSet, keep) };
}

/** A selection set with the fields that are to be kept, and those around them. */
function pruned(set: SelectionSetNode, keep: (field: FieldNode) => 'whole' | 'look' | 'no'): SelectionSetNode {
  const selections = set.selections.flatMap((node): SelectionNode[] => {
    const verdict = node.kind === Kind.FIELD ? keep(node) : 'look';
    if (verdict === 'no') return [];
    if (verdict === 'whole' || node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return [node];
    const selectionSet = pruned(node.selectionSet, keep);
    return selectionSet.selections.length > 0 ? [{ ...node, selectionSet }] : [];
  });
  return { ...set, selections };
}

/** The document, with what is used of the variables. */
function documentOf(operation: OperationDefinitionNode): DocumentNode {
  const used = new Set<string>();
  visit(operation.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value));
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, ...(variableDefinitions && { variableDefinitions }) }] };
}
