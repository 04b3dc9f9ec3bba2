import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import type { ReactNode } from 'react';
import { type Direction, GROUP_PADDING, layoutOf, type Route, type Size } from './layout.ts';

/** A box of the picture. */
export interface Box {
  id: string;
  /** Service whose colour it has; neutral without one. */
  service?: string;
  width: number;
  height: number;
  content: ReactNode;
  /** For screen readers. */
  label: string;
  /** Title of the frame around all boxes with the same one. */
  group?: string | undefined;
}

/** An arrow between boxes. */
export interface Arrow {
  from: string;
  to: string;
  label?: string;
  /** Service whose colour it has. */
  service?: string;
}

/** With more arrows than these, only those of the selected box have their label. */
export const MAX_LABELS = 8;

export type BoxNode = Node<{ box: Box; direction: Direction }, 'box'>;
export type FrameNode = Node<{ title: string; service: string }, 'frame'>;
export type PictureNode = BoxNode | FrameNode;
export type PictureEdge = Edge<{ route: Route; service: string }>;

/** Height of a label, and width of one of its characters. */
const LABEL = { height: 16, character: 6 };

/** Returns the placed boxes, with frames around groups behind them, and the arrows with their routes. */
export function elementsOf(
  boxes: Box[],
  arrows: Arrow[],
  direction: Direction,
): { nodes: PictureNode[]; edges: PictureEdge[] } {
  const isLabelled = arrows.length <= MAX_LABELS;
  const edges = arrows.map((arrow) => ({
    ...arrow,
    id: `${arrow.from} → ${arrow.to}`,
    size: arrow.label ? labelSize(arrow.label, isLabelled) : undefined,
  }));
  const layout = layoutOf(
    boxes,
    edges.map(({ id, from, to, size }) => ({ id, from, to, label: size })),
    direction,
  );
  const nodes = boxes.map((box): BoxNode => {
    const { id, width, height, label } = box;
    const { x = 0, y = 0 } = layout.nodes.get(id) ?? {};
    const position = { x: x - width / 2, y: y - height / 2 };
    // With its size and handles, React Flow measures nothing, and draws arrows at once.
    const known = { width, height, measured: { width, height }, handles: handlesOf(box, direction) };
    return { id, type: 'box', ...known, ariaLabel: label, position, data: { box, direction } };
  });
  return {
    nodes: [...framesOf(nodes), ...nodes],
    edges: edges.map(({ id, from, to, label, service = '' }) => ({
      id,
      type: 'routed',
      source: from,
      target: to,
      ...(label && { label }),
      data: { route: routeOf(isLabelled, layout.edges.get(id)), service },
    })),
  };
}

/** Returns the points of a box at which arrows end and start. */
function handlesOf({ width, height }: Size, direction: Direction): NodeHandle[] {
  return direction === 'LR'
    ? [
        { type: 'target', position: Position.Left, x: 0, y: height / 2 },
        { type: 'source', position: Position.Right, x: width, y: height / 2 },
      ]
    : [
        { type: 'target', position: Position.Top, x: width / 2, y: 0 },
        { type: 'source', position: Position.Bottom, x: width / 2, y: height },
      ];
}

/** Returns the space to keep for a label: between the layers only, if it is shown only for a selected box. */
function labelSize(label: string, isShown: boolean): Size {
  return { width: LABEL.character * (label.length + 2), height: isShown ? LABEL.height : 1 };
}

/** Returns a route that leads through the label only if it is shown. */
function routeOf(isLabelled: boolean, { points, label }: Route = { points: [], label: { x: 0, y: 0 } }): Route {
  return { points: isLabelled ? points : points.filter(({ x, y }) => x !== label.x || y !== label.y), label };
}

/** Returns a frame for the boxes of each group. */
function framesOf(nodes: BoxNode[]): FrameNode[] {
  const groups = Map.groupBy(
    nodes.filter(({ data }) => data.box.group),
    ({ data }) => data.box.group ?? '',
  );
  const { side, top } = GROUP_PADDING;
  return [...groups].map(([title, members]) => {
    const left = Math.min(...members.map(({ position }) => position.x)) - side;
    const upper = Math.min(...members.map(({ position }) => position.y)) - top;
    const right = Math.max(...members.map(({ position, width = 0 }) => position.x + width)) + side;
    const lower = Math.max(...members.map(({ position, height = 0 }) => position.y + height)) + side;
    return {
      id: `frame ${title}`,
      type: 'frame',
      position: { x: left, y: upper },
      width: right - left,
      height: lower - upper,
      measured: { width: right - left, height: lower - upper },
      selectable: false,
      focusable: false,
      data: { title, service: members[0]?.data.box.service ?? '' },
    };
  });
}
