import type {
  DeferredNode,
  FetchDataRewrite,
  FetchNode,
  PlanNode,
  QueryPlan,
  QueryPlanSelectionNode,
  ResponsePath,
  SubscriptionNode,
} from '@apollo/query-planner';
import { Kind, type OperationDefinitionNode, print, type SelectionSetNode, stripIgnoredCharacters } from 'graphql';
import type {
  Condition,
  ContextArgument,
  EntityFetch,
  PathStep,
  ProgramFetch,
  Rename,
  RepresentationFragment,
  RepresentationSelection,
} from '../program.ts';
import { indexOfLabel } from './deferred-fragments.ts';

/** A fetch before it is assigned to a call. */
export type PlannedFetch = Omit<ProgramFetch, 'call'>;

type TypesMatching = (condition: string) => string[];

/** Context of a plan node: dependencies, conditions, path and deferred fragment inherited from its parents. */
interface NodeContext {
  after: number[];
  when: Condition[];
  path: PathStep[];
  deferred?: number;
}

/** Flattens plans that run in sequence to a list of fetches, each after its dependencies. */
export function fetchesFromPlans(plans: QueryPlan[], typesMatching: TypesMatching): PlannedFetch[] {
  const fetches: PlannedFetch[] = [];
  /** Indexes of the fetches that deferred ones depend on, by the planner's ids. */
  const byId = new Map<string, number>();

  /** Adds the node's fetches; returns the indexes of those that complete it. */
  function add(node: PlanNode, context: NodeContext): number[] {
    switch (node.kind) {
      case 'Fetch': {
        const index = fetches.push(plannedFetch(node, context, typesMatching)) - 1;
        if (node.id) byId.set(node.id, index);
        return [index];
      }
      case 'Flatten':
        return add(node.node, { ...context, path: [...context.path, ...pathSteps(node.path)] });
      case 'Sequence':
        return node.nodes.reduce((after, each) => {
          const last = add(each, { ...context, after });
          return last.length > 0 ? last : after;
        }, context.after);
      case 'Parallel':
        return node.nodes.flatMap((each) => add(each, context));
      case 'Condition':
        return branches(node).flatMap(([branch, is]) =>
          add(branch, { ...context, when: [...context.when, { variable: node.condition, is }] }),
        );
      case 'Defer': {
        const primary = node.primary.node ? add(node.primary.node, context) : [];
        for (const each of node.deferred) addDeferred(each, context);
        return primary;
      }
    }
  }

  function addDeferred({ depends, label, node }: DeferredNode, context: NodeContext): void {
    const after = depends.flatMap(({ id }) => byId.get(id) ?? []);
    if (node)
      add(node, { ...context, after: [...new Set([...context.after, ...after])], deferred: indexOfLabel(label) });
  }

  /** Adds the fetch of the subscription's field, and those that join the rest of each event's result. */
  function addSubscription({ primary, rest }: SubscriptionNode, context: NodeContext): void {
    const after = add(primary, context);
    if (rest) add(rest, { ...context, after });
  }

  for (const { node } of plans) {
    byId.clear();
    const context = { after: initialFetches(fetches), when: [], path: [] };
    if (node?.kind === 'Subscription') addSubscription(node, context);
    else if (node) add(node, context);
  }
  return fetches;
}

function initialFetches(fetches: PlannedFetch[]): number[] {
  return fetches.flatMap(({ deferred }, index) => (deferred === undefined ? [index] : []));
}

function branches({ ifClause, elseClause }: { ifClause?: PlanNode; elseClause?: PlanNode }): [PlanNode, boolean][] {
  return [
    ...(ifClause ? [[ifClause, true] as [PlanNode, boolean]] : []),
    ...(elseClause ? [[elseClause, false] as [PlanNode, boolean]] : []),
  ];
}

function plannedFetch(
  node: FetchNode,
  { after, when, path, deferred }: NodeContext,
  typesMatching: TypesMatching,
): PlannedFetch {
  return {
    service: node.serviceName,
    kind: node.operationKind ?? 'query',
    after,
    ...(when.length > 0 && { when }),
    ...(deferred !== undefined && { deferred }),
    path,
    operation: node.operation,
    ...(node.operationName && { operationName: node.operationName }),
    variables: node.variableUsages ?? [],
    ...(node.requires
      ? { entities: entityFetch(node, node.requires, typesMatching) }
      : { keys: rootKeys(operationOf(node).selectionSet) }),
    ...(node.outputRewrites && { renames: node.outputRewrites.map((each) => rename(each, typesMatching)) }),
  };
}

function entityFetch(node: FetchNode, requires: QueryPlanSelectionNode[], typesMatching: TypesMatching): EntityFetch {
  const operation = operationOf(node);
  const [entities] = operation.selectionSet.selections;
  if (entities?.kind !== Kind.FIELD || !entities.selectionSet)
    throw new Error('An entity fetch has no `_entities` selection');
  const definitions = (operation.variableDefinitions ?? [])
    .filter(({ variable }) => variable.name.value !== 'representations')
    .map((definition) => [definition.variable.name.value, compact(print(definition))]);
  return {
    representation: requires.map((each) => representationFragment(each, typesMatching)),
    ...(node.inputRewrites && { typenames: node.inputRewrites.map((each) => sentTypename(each, typesMatching)) }),
    selection: compact(print(entities.selectionSet)),
    definitions: Object.fromEntries(definitions),
    ...(operation.directives?.length && { directives: operation.directives.map(print).join(' ') }),
    ...(node.contextRewrites && { contexts: node.contextRewrites.map((each) => contextArgument(each, typesMatching)) }),
  };
}

function rootKeys({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node.alias?.value ?? node.name.value];
    return node.kind === Kind.INLINE_FRAGMENT ? rootKeys(node.selectionSet) : [];
  });
}

function operationOf({ operationDocumentNode }: FetchNode): OperationDefinitionNode {
  const [operation] = operationDocumentNode?.definitions ?? [];
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A fetch has no operation');
  return operation;
}

function compact(text: string): string {
  return stripIgnoredCharacters(text);
}

function representationFragment(node: QueryPlanSelectionNode, typesMatching: TypesMatching): RepresentationFragment {
  if (node.kind !== 'InlineFragment' || !node.typeCondition) throw new Error('A representation has no type');
  return {
    types: typesMatching(node.typeCondition),
    select: node.selections.map((each) => representationSelection(each, typesMatching)),
  };
}

/** Reads an input rewrite. The planner only rewrites `__typename`, for subgraphs that use `@interfaceObject`. */
function sentTypename(rewrite: FetchDataRewrite, typesMatching: TypesMatching): { types: string[]; sentAs: string } {
  const [condition = '', key] = rewrite.path;
  if (rewrite.kind !== 'ValueSetter' || key !== '__typename')
    throw new Error('The plan has an unsupported input rewrite');
  return { types: typesMatching(condition.replace('... on ', '')), sentAs: String(rewrite.setValueTo) };
}

function representationSelection(node: QueryPlanSelectionNode, typesMatching: TypesMatching): RepresentationSelection {
  const select = node.selections?.map((each) => representationSelection(each, typesMatching));
  if (node.kind === 'Field') return { field: node.alias ?? node.name, ...(select && { select }) };
  return { types: node.typeCondition ? typesMatching(node.typeCondition) : [], select: select ?? [] };
}

/**
 * Parses a planner path. A type condition is a suffix of its element, `items|[Book,Film]`; a condition on the root is an
 * element by itself.
 */
function pathSteps(path: ResponsePath): PathStep[] {
  return path.map(String).flatMap((element): PathStep[] => {
    const [key = '', condition] = element.split('|');
    const types = condition?.slice(1, -1).split(',');
    return [...(key ? [key] : []), ...(types ? [{ types }] : [])];
  });
}

function rename(rewrite: FetchDataRewrite, typesMatching: TypesMatching): Rename {
  if (rewrite.kind !== 'KeyRenamer') throw new Error(`The plan has an unsupported output rewrite ${rewrite.kind}`);
  return {
    path: rewrite.path.slice(0, -1).map((each) => rewriteStep(each, typesMatching)),
    from: rewrite.path.at(-1) ?? '',
    to: rewrite.renameKeyTo,
  };
}

function contextArgument(
  { path, renameKeyTo }: { path: string[]; renameKeyTo: string },
  typesMatching: TypesMatching,
): ContextArgument {
  return { variable: renameKeyTo, path: path.map((each) => rewriteStep(each, typesMatching)) };
}

function rewriteStep(element: string, typesMatching: TypesMatching): PathStep {
  const condition = /^\.\.\. on (.+)$/.exec(element)?.[1];
  return condition ? { types: typesMatching(condition) } : element;
}
