import {
  Background,
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useServiceColor } from '../service-color.ts';
import { type Direction, placed } from './layout.ts';

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
const MAX_LABELS = 8;

type BoxNode = Node<{ box: Box; direction: Direction }>;

/** Picture of boxes and arrows, placed by their dependencies; from top to bottom on a narrow screen. */
export default function Picture(props: {
  label: string;
  boxes: Box[];
  arrows: Arrow[];
  selected?: string | undefined;
  onSelect?: (id: string) => void;
}) {
  const { label, boxes, arrows, selected, onSelect } = props;
  const color = useServiceColor();
  const direction: Direction = window.matchMedia('(max-width: 700px)').matches ? 'TB' : 'LR';
  const { nodes, edges } = useMemo(() => {
    const edges = arrows.map(edgeOf);
    return {
      nodes: placed(
        boxes.map((box) => nodeOf(box, direction)),
        edges,
        direction,
      ),
      edges,
    };
  }, [boxes, arrows, direction]);
  const section = useRef<HTMLElement>(null);
  const [flow, setFlow] = useState<ReactFlowInstance<BoxNode>>();
  useEffect(() => {
    if (!flow || !section.current) return;
    const observer = new ResizeObserver(() => void flow.fitView(FIT));
    observer.observe(section.current);
    return () => observer.disconnect();
  }, [flow]);
  return (
    <section className="picture" aria-label={label} ref={section}>
      <ReactFlow
        key={boxes.map(({ id }) => id).join()}
        nodes={nodes.map((node) => ({ ...node, selected: node.id === selected }))}
        edges={edges.map((edge, index) => ({
          ...edge,
          style: color(arrows[index]?.service ?? ''),
          label: edges.length <= MAX_LABELS || isAt(selected, edge) ? edge.label : undefined,
          className: isAt(selected, edge) ? 'at-selected' : '',
        }))}
        nodeTypes={NODE_TYPES}
        onNodeClick={(_, { id }) => onSelect?.(id)}
        onNodesChange={(changes) => {
          for (const change of changes) if (change.type === 'select' && change.selected) onSelect?.(change.id);
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        minZoom={0.2}
        fitView
        fitViewOptions={FIT}
        onInit={setFlow}
      >
        <Background gap={18} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

const FIT = { padding: 0.06, maxZoom: 1 };
const NODE_TYPES = { box: BoxView };

function BoxView({ data: { box, direction } }: NodeProps<BoxNode>) {
  const color = useServiceColor();
  const [target, source] = direction === 'LR' ? [Position.Left, Position.Right] : [Position.Top, Position.Bottom];
  return (
    <div className="box" style={box.service ? color(box.service) : undefined}>
      <Handle type="target" position={target} />
      {box.content}
      <Handle type="source" position={source} />
    </div>
  );
}

function nodeOf(box: Box, direction: Direction): BoxNode {
  const { id, width, height, label } = box;
  return { id, width, height, type: 'box', ariaLabel: label, position: { x: 0, y: 0 }, data: { box, direction } };
}

function isAt(selected: string | undefined, { source, target }: Edge): boolean {
  return source === selected || target === selected;
}

function edgeOf({ from, to, label }: Arrow): Edge {
  return { id: `${from} → ${to}`, source: from, target: to, ...(label && { label }) };
}
