import type {
  FetchDataRewrite,
  FetchNode,
  PlanNode,
  QueryPlan,
  QueryPlanSelectionNode,
  ResponsePath,
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

/** A fetch that has not been given a call yet. */
export type PlannedFetch = Omit<ProgramFetch, 'call'>;

type TypesMatching = (condition: string) => string[];

/** Where in the plan a node stands. */
interface Place {
  after: number[];
  when: Condition[];
  path: PathStep[];
}

/** The fetches of plans that run one after the other, in an order in which each comes after those that it needs. */
export function fetchesOf(plans: QueryPlan[], typesMatching: TypesMatching): PlannedFetch[] {
  const fetches: PlannedFetch[] = [];

  /** Adds the node's fetches; returns those that must be done for the node to be done. */
  function add(node: PlanNode, place: Place): number[] {
    switch (node.kind) {
      case 'Fetch':
        return [fetches.push(plannedFetch(node, place, typesMatching)) - 1];
      case 'Flatten':
        return add(node.node, { ...place, path: [...place.path, ...pathSteps(node.path)] });
      case 'Sequence':
        return node.nodes.reduce((after, each) => {
          const last = add(each, { ...place, after });
          return last.length > 0 ? last : after;
        }, place.after);
      case 'Parallel':
        return node.nodes.flatMap((each) => add(each, place));
      case 'Condition':
        return branches(node).flatMap(([branch, is]) =>
          add(branch, { ...place, when: [...place.when, { variable: node.condition, is }] }),
        );
      default:
        throw new Error(`The plan has a ${node.kind} node, which was not asked for`);
    }
  }

  for (const { node } of plans) {
    if (node?.kind === 'Subscription') throw new Error('The plan is for a subscription');
    if (node) add(node, { after: [...fetches.keys()], when: [], path: [] });
  }
  return fetches;
}

function branches({ ifClause, elseClause }: { ifClause?: PlanNode; elseClause?: PlanNode }): [PlanNode, boolean][] {
  return [
    ...(ifClause ? [[ifClause, true] as [PlanNode, boolean]] : []),
    ...(elseClause ? [[elseClause, false] as [PlanNode, boolean]] : []),
  ];
}

function plannedFetch(node: FetchNode, { after, when, path }: Place, typesMatching: TypesMatching): PlannedFetch {
  return {
    service: node.serviceName,
    kind: node.operationKind === 'mutation' ? 'mutation' : 'query',
    after,
    ...(when.length > 0 && { when }),
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
  if (entities?.kind !== Kind.FIELD || !entities.selectionSet) throw new Error('A fetch of entities selects none');
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

/** The planner rewrites nothing in representations but the type's name, where a subgraph has an interface as an object. */
function sentTypename(rewrite: FetchDataRewrite, typesMatching: TypesMatching): { types: string[]; sentAs: string } {
  const [condition = '', key] = rewrite.path;
  if (rewrite.kind !== 'ValueSetter' || key !== '__typename') throw new Error('The plan has an unknown input rewrite');
  return { types: typesMatching(condition.replace('... on ', '')), sentAs: String(rewrite.setValueTo) };
}

function representationSelection(node: QueryPlanSelectionNode, typesMatching: TypesMatching): RepresentationSelection {
  const select = node.selections?.map((each) => representationSelection(each, typesMatching));
  if (node.kind === 'Field') return { field: node.alias ?? node.name, ...(select && { select }) };
  return { types: node.typeCondition ? typesMatching(node.typeCondition) : [], select: select ?? [] };
}

/**
 * Reads a path of the planner. A type condition stands at the end of the element that it is for: `items|[Book,Film]`;
 * a condition on the root has an element of its own.
 */
function pathSteps(path: ResponsePath): PathStep[] {
  return path.map(String).flatMap((element): PathStep[] => {
    const [key = '', condition] = element.split('|');
    const types = condition?.slice(1, -1).split(',');
    return [...(key ? [key] : []), ...(types ? [{ types }] : [])];
  });
}

function rename(rewrite: FetchDataRewrite, typesMatching: TypesMatching): Rename {
  if (rewrite.kind !== 'KeyRenamer') throw new Error(`The plan has an output rewrite ${rewrite.kind}`);
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
