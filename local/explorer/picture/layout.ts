import { graphlib, layout } from '@dagrejs/dagre';
import type { Edge, Node } from '@xyflow/react';

export type Direction = 'LR' | 'TB';

/** Places the nodes of a picture by layers; each node has a width and a height. */
export function placed<Data extends Record<string, unknown>>(
  nodes: Node<Data>[],
  edges: Edge[],
  direction: Direction,
): Node<Data>[] {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction,
    nodesep: 18,
    ranksep: (direction === 'LR' ? 70 : 48) + Math.min(100, 4 * edges.length),
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { id, source, target } of edges) graph.setEdge(source, target, {}, id);
  layout(graph);
  return nodes.map((node) => {
    const { x, y } = graph.node(node.id) as { x: number; y: number };
    return { ...node, position: { x: x - (node.width ?? 0) / 2, y: y - (node.height ?? 0) / 2 } };
  });
}
