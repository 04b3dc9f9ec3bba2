import type { ITrace, Trace } from '@apollo/usage-reporting-protobuf';

/** A node of a trace, and the response keys that lead to it; list indexes are left out. */
export interface TracedNode {
  node: Trace.INode;
  path: readonly string[];
}

/** Lists the nodes of a trace and of its subgraphs' traces, whose paths begin with `service:NAME`. */
export function* traceNodes({ root, queryPlan }: ITrace): Generator<TracedNode> {
  if (root) yield* nodesBelow(root, []);
  if (queryPlan) yield* nodesOfPlan(queryPlan);
}

/** Whether a trace has errors. */
export function hasErrors(trace: ITrace): boolean {
  for (const { node } of traceNodes(trace)) if (node.error?.length) return true;
  return false;
}

function* nodesOfPlan({ fetch, flatten, parallel, sequence }: Trace.IQueryPlanNode): Generator<TracedNode> {
  if (fetch?.trace?.root) yield* nodesBelow(fetch.trace.root, [`service:${fetch.serviceName}`]);
  const nodes = [flatten?.node ?? [], parallel?.nodes ?? [], sequence?.nodes ?? []].flat();
  for (const node of nodes) yield* nodesOfPlan(node);
}

function* nodesBelow(node: Trace.INode, path: readonly string[]): Generator<TracedNode> {
  yield { node, path };
  for (const child of node.child ?? [])
    yield* nodesBelow(child, child.responseName ? [...path, child.responseName] : path);
}
