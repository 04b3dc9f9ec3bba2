import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  separateOperations,
  visit,
} from 'graphql';
import type { Program } from '../program.ts';
import { withCalls } from './calls.ts';
import { fetchesOf } from './fetches.ts';
import { PlannedOperation } from './planned-operation.ts';
import type { Planner } from './planner.ts';
import { partedByRequirements } from './rival-requirements.ts';
import { type ClientSelections, selectionsOf } from './selections.ts';
import { sourceNames } from './source-names.ts';
import type { SupergraphModel } from './supergraph.ts';
import { touchedTypes } from './touched-types.ts';
import { sentName, variablesOf } from './variables.ts';

/** The fields of an operation that a viewer may not see: they are not fetched, and null with an error where they would stand. */
export type WithheldFields = ReadonlySet<FieldNode>;

/** Returns what of an operation is withheld from those who run it. */
export type Withhold = (operation: OperationDefinitionNode, fragments: Fragments) => WithheldFields;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Plans one operation of a valid document and makes its program. Throws a GraphQLError if it cannot be planned. */
export function programOf(
  document: DocumentNode,
  operationName: string | undefined,
  model: SupergraphModel,
  planner: Planner,
  withhold: Withhold = () => NOTHING_WITHHELD,
): Program {
  const { schema } = model;
  const single = onlyOperation(document, operationName);
  const operation = operationIn(single);
  const sourceOf = sourceNames(single, schema.getMutationType()?.name, model.joined);
  const withheld = withhold(operation, fragmentsIn(single));
  const client = selectionsOf(operation, single, sourceOf, withheld);
  const planned = new PlannedOperation(single, operation, schema, sourceOf, withheld).document;
  const plans = partedByRequirements(withSentVariables(planned), schema, model.joined).map((part) =>
    planner.plan(part),
  );
  const fetches = withCalls(fetchesOf(plans, model.typesMatching));
  if (fetches.length === 0 && needsFetch(client)) throw unreachable();
  const root = schema.getRootType(operation.operation)?.name ?? '';
  const introspection = introspectionPart(single);
  return {
    kind: operation.operation === 'mutation' ? 'mutation' : 'query',
    root,
    ...variablesOf(operation, schema),
    fetches,
    ...client,
    types: touchedTypes(client, root, schema),
    ...(model.interfaceObjects.length > 0 && { interfaceObjects: model.interfaceObjects }),
    ...(introspection && { introspection }),
  };
}

/** The plan as Apollo's tools show it, for the same operation. */
export function planOf(
  document: DocumentNode,
  operationName: string | undefined,
  model: SupergraphModel,
  planner: Planner,
) {
  const { schema } = model;
  const single = onlyOperation(document, operationName);
  const sourceOf = sourceNames(single, schema.getMutationType()?.name, model.joined);
  return planner.plan(
    withSentVariables(new PlannedOperation(single, operationIn(single), schema, sourceOf, NOTHING_WITHHELD).document),
  );
}

const NOTHING_WITHHELD: WithheldFields = new Set();

/** The document's fragments by name. */
export function fragmentsIn({ definitions }: DocumentNode): Fragments {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((each) => [each.name.value, each]));
}

/** The operation that a client means, with its fragments; throws a GraphQLError if the document does not have it. */
export function onlyOperation(document: DocumentNode, operationName: string | undefined): DocumentNode {
  if (!operationName) return document;
  const operation = separateOperations(document)[operationName];
  if (!operation) throw noSuchOperation();
  return operation;
}

/** The operation of a document that has one. */
export function operationIn(document: DocumentNode): OperationDefinitionNode {
  const operation = getOperationAST(document);
  if (!operation) throw noSuchOperation();
  if (operation.operation === 'subscription') throw noSubscriptions();
  return operation;
}

function withSentVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    Variable: (node) => {
      const value = sentName(node.name.value);
      return value === node.name.value ? undefined : { ...node, name: { kind: Kind.NAME, value } };
    },
  });
}

/** Whether there is something that only a subgraph can answer, whatever the variables. */
function needsFetch({ selections, fragments }: ClientSelections): boolean {
  return selections.some((each) => {
    if (each.when) return false;
    if ('field' in each) return !each.field.startsWith('__') && !each.withheld;
    return needsFetch({ selections: 'select' in each ? each.select : (fragments[each.fragment] ?? []), fragments });
  });
}

/** What asks for `__schema` and `__type`, as an operation that graphql-js answers. */
function introspectionPart(document: DocumentNode): string | undefined {
  const rootSelections = (selections: readonly SelectionNode[]): SelectionNode[] =>
    selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.FIELD) return isIntrospection(node) ? [node] : [];
      const selectionSet =
        node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragmentOf(document, node.name.value);
      const inner = rootSelections(selectionSet?.selections ?? []);
      if (inner.length === 0) return [];
      const directives = node.directives ?? [];
      return [
        { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections: inner } },
      ];
    });
  const operation = operationIn(document);
  const selections = rootSelections(operation.selectionSet.selections);
  if (selections.length === 0) return undefined;
  const asking = { ...operation, directives: [], selectionSet: { ...operation.selectionSet, selections } };
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return print({ kind: Kind.DOCUMENT, definitions: [asking, ...fragments] });
}

function fragmentOf(document: DocumentNode, name: string) {
  const fragment = document.definitions.find(
    (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
  );
  return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fragment.selectionSet : undefined;
}

function isIntrospection({ name }: FieldNode): boolean {
  return name.value === '__schema' || name.value === '__type';
}

function unreachable(): GraphQLError {
  return new GraphQLError('No subgraph can resolve what the operation asks for.', {
    extensions: { code: 'NO_PLAN' },
  });
}

function noSuchOperation(): GraphQLError {
  return new GraphQLError('Name one operation of the document in operationName.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });
}

function noSubscriptions(): GraphQLError {
  return new GraphQLError('Subscriptions are not supported.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}
