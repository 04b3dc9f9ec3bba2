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
import { splitConflictingRequires } from './conflicting-requires.ts';
import { DeferredFragments, removeDefer } from './deferred-fragments.ts';
import { fetchesFromPlans } from './fetches.ts';
import { PlannedOperation } from './planned-operation.ts';
import { DeferNotPlanned, type Planner } from './planner.ts';
import { selectedTypes } from './selected-types.ts';
import { type ClientSelections, selectionsOf } from './selections.ts';
import { assignCalls } from './shared-calls.ts';
import { sourceNames } from './source-names.ts';
import type { SupergraphModel } from './supergraph.ts';
import { subgraphVariableName, variablesOf } from './variables.ts';

/** Fields of an operation that the viewer may not see: not fetched, and answered with null and an error. */
export type WithheldFields = ReadonlySet<FieldNode>;

/** Returns the fields of an operation that are withheld from its viewers. */
export type Withhold = (operation: OperationDefinitionNode, fragments: Fragments) => WithheldFields;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export interface ProgramOptions {
  withhold?: Withhold | undefined;
  /** Whether `@defer` takes effect, except in a subscription. Default: deferred fragments are part of the one response. */
  incremental?: boolean;
}

/** Plans one operation of a valid document and compiles it to a program. Throws a GraphQLError if it cannot be planned. */
export function makeProgram(
  document: DocumentNode,
  operationName: string | undefined,
  model: SupergraphModel,
  planner: Planner,
  options: ProgramOptions = {},
): Program {
  const make = (incremental: boolean) =>
    programOf(document, operationName, model, planner, { ...options, incremental });
  return withoutDeferIfNecessary(options.incremental ?? false, make);
}

function programOf(
  document: DocumentNode,
  operationName: string | undefined,
  model: SupergraphModel,
  planner: Planner,
  { withhold = () => NOTHING_WITHHELD, incremental = false }: ProgramOptions,
): Program {
  const { schema } = model;
  const selected = selectOperation(document, operationName);
  const isSubscription = operationOfDocument(selected).operation === 'subscription';
  const single = removeDefer(selected, incremental && !isSubscription);
  const operation = operationOfDocument(single);
  const sourceOf = sourceNames(single, schema.getMutationType()?.name, model.joined);
  const withheld = withhold(operation, fragmentsIn(single));
  const deferred = new DeferredFragments(single);
  const rules = { schema, sourceOf, withheld, deferred };
  const client = selectionsOf(operation, single, rules);
  const planned = new PlannedOperation(single, operation, rules).document;
  const plans = splitConflictingRequires(renameVariables(planned), schema, model.joined).map((part) =>
    planner.plan(part),
  );
  const fetches = assignCalls(fetchesFromPlans(plans, model.typesMatching));
  if (fetches.length === 0 && needsFetch(client)) throw unreachable();
  const root = schema.getRootType(operation.operation)?.name ?? '';
  const introspection = introspectionPart(single);
  return {
    kind: operation.operation,
    root,
    ...variablesOf(operation, schema),
    fetches,
    ...client,
    types: selectedTypes(client, root, schema),
    ...(model.interfaceObjects.length > 0 && { interfaceObjects: model.interfaceObjects }),
    ...(introspection && { introspection }),
    ...(deferred.all.length > 0 && { deferred: deferred.all }),
  };
}

/** Returns Apollo's query plan for one operation, to display in its tools. */
export function makeQueryPlan(
  document: DocumentNode,
  operationName: string | undefined,
  model: SupergraphModel,
  planner: Planner,
) {
  return withoutDeferIfNecessary(true, (incremental) =>
    queryPlanOf(document, operationName, model, planner, incremental),
  );
}

function queryPlanOf(
  document: DocumentNode,
  operationName: string | undefined,
  model: SupergraphModel,
  planner: Planner,
  incremental: boolean,
) {
  const { schema } = model;
  const single = removeDefer(selectOperation(document, operationName), incremental);
  const sourceOf = sourceNames(single, schema.getMutationType()?.name, model.joined);
  const rules = { schema, sourceOf, withheld: NOTHING_WITHHELD, deferred: new DeferredFragments(single) };
  return planner.plan(renameVariables(new PlannedOperation(single, operationOfDocument(single), rules).document));
}

/** If the planner fails with `@defer`, the deferred fragments are part of the one response. */
function withoutDeferIfNecessary<Made>(incremental: boolean, make: (incremental: boolean) => Made): Made {
  try {
    return make(incremental);
  } catch (error) {
    if (error instanceof DeferNotPlanned) return make(false);
    throw error;
  }
}

const NOTHING_WITHHELD: WithheldFields = new Set();

/** Returns a document's fragments by name. */
export function fragmentsIn({ definitions }: DocumentNode): Fragments {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((each) => [each.name.value, each]));
}

/** Returns a document with the named operation and its fragments. Throws a GraphQLError if there is no such operation. */
export function selectOperation(document: DocumentNode, operationName: string | undefined): DocumentNode {
  if (!operationName) return document;
  const operation = separateOperations(document)[operationName];
  if (!operation) throw noSuchOperation();
  return operation;
}

/** Returns the only operation of a document. Throws a GraphQLError if it has several. */
export function operationOfDocument(document: DocumentNode): OperationDefinitionNode {
  const operation = getOperationAST(document);
  if (!operation) throw noSuchOperation();
  return operation;
}

function renameVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    Variable: (node) => {
      const value = subgraphVariableName(node.name.value);
      return value === node.name.value ? undefined : { ...node, name: { kind: Kind.NAME, value } };
    },
  });
}

/** Whether some selection needs a subgraph, regardless of variables. */
function needsFetch({ selections, fragments }: ClientSelections): boolean {
  return selections.some((each) => {
    if (each.when) return false;
    if ('field' in each) return !each.field.startsWith('__') && !each.withheld;
    return needsFetch({ selections: 'select' in each ? each.select : (fragments[each.fragment] ?? []), fragments });
  });
}

/** Returns the `__schema` and `__type` selections as a separate operation, for graphql-js to execute. */
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
  const operation = operationOfDocument(document);
  const selections = rootSelections(operation.selectionSet.selections);
  if (selections.length === 0) return undefined;
  const introspection = { ...operation, directives: [], selectionSet: { ...operation.selectionSet, selections } };
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return print({ kind: Kind.DOCUMENT, definitions: [introspection, ...fragments] });
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
  return new GraphQLError('No subgraph can resolve the selected fields.', {
    extensions: { code: 'NO_PLAN' },
  });
}

function noSuchOperation(): GraphQLError {
  return new GraphQLError('operationName must name an operation of the document.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });
}
