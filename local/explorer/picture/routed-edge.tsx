import { BaseEdge, type Edge, type EdgeProps, getBezierPath } from '@xyflow/react';
import type { Route } from './layout.ts';

/** Arrow that follows the route of its layout. */
export function RoutedEdge(props: EdgeProps<Edge<{ route: Route }>>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, style = {}, label } = props;
  const { points = [], label: centre } = data?.route ?? {};
  const { x, y } = points.length > 0 && centre ? centre : { x: (sourceX + targetX) / 2, y: (sourceY + targetY) / 2 };
  const stops = [...points, { x: targetX, y: targetY }];
  const path = stops.map((to, index) => {
    const from = stops[index - 1] ?? { x: sourceX, y: sourceY };
    const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y };
    return getBezierPath({ ...ends, sourcePosition, targetPosition })[0];
  });
  return <BaseEdge id={id} path={path.join(' ')} label={label} labelX={x} labelY={y} style={style} />;
}
