import {
  Background,
  Controls,
  type Edge,
  Handle,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useServiceColor } from '../service-color.ts';
import {
  type Arrow,
  type Box,
  type BoxNode,
  elementsOf,
  type FrameNode,
  MAX_LABELS,
  type PictureEdge,
  type PictureNode,
} from './elements.ts';
import type { Direction } from './layout.ts';
import { RoutedEdge } from './routed-edge.tsx';

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
  const { nodes, edges } = useMemo(() => elementsOf(boxes, arrows, direction), [boxes, arrows, direction]);
  const section = useRef<HTMLElement>(null);
  const [flow, setFlow] = useState<ReactFlowInstance<PictureNode, PictureEdge>>();
  useEffect(() => {
    if (!flow || !section.current) return;
    const observer = new ResizeObserver(() => void flow.fitView(FIT));
    observer.observe(section.current);
    return () => observer.disconnect();
  }, [flow]);
  // A further run may have other calls, and so other places.
  useEffect(() => {
    if (nodes.length > 0) void flow?.fitView(FIT);
  }, [flow, nodes]);
  return (
    <section className="picture" aria-label={label} ref={section}>
      <ReactFlow
        key={boxes.map(({ id }) => id).join()}
        nodes={nodes.map((node) => ({ ...node, selected: node.id === selected }))}
        edges={edges.map((edge) => ({
          ...edge,
          style: color(edge.data?.service ?? ''),
          label: edges.length <= MAX_LABELS || isAt(selected, edge) ? edge.label : undefined,
          className: isAt(selected, edge) ? 'at-selected' : '',
        }))}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodeClick={(_, { id, type }) => type === 'box' && onSelect?.(id)}
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
const NODE_TYPES = { box: BoxView, frame: FrameView };
const EDGE_TYPES = { routed: RoutedEdge };

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

function FrameView({ data: { title, service } }: NodeProps<FrameNode>) {
  const color = useServiceColor();
  return (
    <div className="frame" style={color(service)}>
      {title}
    </div>
  );
}

function isAt(selected: string | undefined, { source, target }: Edge): boolean {
  return source === selected || target === selected;
}
