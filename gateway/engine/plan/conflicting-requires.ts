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
import { argumentsConflict, type JoinedFields, type RequiredArguments } from './joined-fields.ts';

/**
 * Splits a query so that no part selects fields whose `@requires` pass different arguments to the same field: the planner
 * would fetch that field once and use one value for both. The parts run in sequence. A mutation is not split, since it
 * would run twice.
 */
export function splitConflictingRequires(
  document: DocumentNode,
  schema: GraphQLSchema,
  joined: JoinedFields,
): DocumentNode[] {
  const [operation] = document.definitions;
  if (joined.conflictingRequires.size === 0 || operation?.kind !== Kind.OPERATION_DEFINITION) return [document];
  if (operation.operation !== 'query') return [document];
  const parts = groupCompatible(requiringFields(document, schema, joined));
  if (parts.length < 2) return [document];
  const later = parts.slice(1);
  const first = excludeFields(operation, new Set(later.flatMap((part) => [...part])));
  return [first, ...later.map((part) => keepFields(operation, part))].map(toDocument);
}

/** Returns the selected fields that have conflicting `@requires`, with the arguments that they require. */
function requiringFields(document: DocumentNode, schema: GraphQLSchema, { conflictingRequires }: JoinedFields) {
  const found: { field: FieldNode; required: RequiredArguments }[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (field) => {
        const parent = types.getParentType();
        for (const type of parent ? objectTypes(parent, schema) : []) {
          const required = conflictingRequires.get(`${type}.${field.name.value}`);
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

/** Groups fields greedily, so that no two fields of a group conflict. */
function groupCompatible(requiring: { field: FieldNode; required: RequiredArguments }[]): Set<FieldNode>[] {
  const groups: { fields: Set<FieldNode>; required: RequiredArguments[] }[] = [];
  for (const { field, required } of requiring) {
    const compatible = groups.find((group) => !group.required.some((each) => argumentsConflict(each, required)));
    if (!compatible) groups.push({ fields: new Set([field]), required: [required] });
    else {
      compatible.fields.add(field);
      compatible.required.push(required);
    }
  }
  return groups.map(({ fields }) => fields);
}

function excludeFields(operation: OperationDefinitionNode, fields: ReadonlySet<FieldNode>): OperationDefinitionNode {
  return {
    ...operation,
    selectionSet: prune(operation.selectionSet, (field) => (fields.has(field) ? 'drop' : 'descend')),
  };
}

function keepFields(operation: OperationDefinitionNode, fields: ReadonlySet<FieldNode>): OperationDefinitionNode {
  const decide = (field: FieldNode) => (fields.has(field) ? 'keep' : field.selectionSet ? 'descend' : 'drop');
  return { ...operation, selectionSet: prune(operation.selectionSet, decide) };
}

type Decision = 'keep' | 'descend' | 'drop';

/** Returns a selection set without dropped fields and the parents that they leave empty. */
function prune(set: SelectionSetNode, decide: (field: FieldNode) => Decision): SelectionSetNode {
  const selections = set.selections.flatMap((node): SelectionNode[] => {
    const decision = node.kind === Kind.FIELD ? decide(node) : 'descend';
    if (decision === 'drop') return [];
    if (decision === 'keep' || node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return [node];
    const selectionSet = prune(node.selectionSet, decide);
    return selectionSet.selections.length > 0 ? [{ ...node, selectionSet }] : [];
  });
  return { ...set, selections };
}

/** Returns a document of one operation, with only the variable definitions that it uses. */
function toDocument(operation: OperationDefinitionNode): DocumentNode {
  const used = new Set<string>();
  visit(operation.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value));
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, ...(variableDefinitions && { variableDefinitions }) }] };
}
