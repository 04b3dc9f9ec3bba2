import { graphlib, layout } from '@dagrejs/dagre';

export type Direction = 'LR' | 'TB';

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

interface LaidOutNode extends Size {
  id: string;
  /** Nodes of one group are placed next to each other. */
  group?: string | undefined;
}

interface LaidOutEdge {
  id: string;
  from: string;
  to: string;
  /** Size of its label; no space is kept without one. */
  label?: Size | undefined;
}

/** Way of an edge between its ends, and the centre of its label. */
export interface Route {
  points: Point[];
  label: Point;
}

/** Centres of the nodes, and routes of the edges, by id. */
export interface Layout {
  nodes: Map<string, Point>;
  edges: Map<string, Route>;
}

/** Space around the members of a group; above them is its title. */
export const GROUP_PADDING = { side: 10, top: 22 };

/** Places nodes by their dependencies, with space for the labels of edges between the layers. */
export function layoutOf(nodes: LaidOutNode[], edges: LaidOutEdge[], direction: Direction): Layout {
  const graph = new graphlib.Graph({ multigraph: true, compound: true });
  const groups = new Set(nodes.flatMap(({ group }) => group ?? []));
  const nodesep = groups.size > 0 ? 2 * GROUP_PADDING.top : 18;
  graph.setGraph({ rankdir: direction, nodesep, edgesep: 12, ranksep: direction === 'LR' ? 56 : 40 });
  for (const group of groups) graph.setNode(group, {});
  for (const { id, width, height, group } of nodes) {
    graph.setNode(id, { width, height });
    if (group) graph.setParent(id, group);
  }
  for (const { id, from, to, label = { width: 0, height: 0 } } of edges)
    graph.setEdge(from, to, { ...label, labelpos: 'c' }, id);
  layout(graph);
  return {
    nodes: new Map(nodes.map(({ id }) => [id, pointOf(graph.node(id))])),
    edges: new Map(edges.map(({ id, from, to }) => [id, routeOf(graph.edge(from, to, id))])),
  };
}

/** Returns a route without the first and the last point, at which the arrow starts and ends anyway. */
function routeOf({ points = [], x, y }: Partial<Point> & { points?: Point[] }): Route {
  return { points: points.slice(1, -1).map(pointOf), label: pointOf({ x, y }) };
}

function pointOf({ x = 0, y = 0 }: { x?: number | undefined; y?: number | undefined }): Point {
  return { x, y };
}
