import type { CSSProperties } from 'react';
import type { Explanation } from '#platform/telemetry/explanation.ts';
import { useServiceColor } from '../service-color.ts';
import { counted, duration } from './format.ts';
import { type Segment, type Timeline, ticksOf, timelineOf } from './timeline.ts';

const LEGEND: Record<Segment['kind'], string> = {
  waiting: 'waiting',
  start: 'cold start',
  run: 'running',
  table: 'DynamoDB',
};

/** Waterfall of a request over the gateway, the subgraphs and their tables. */
export default function TimePanel({ explanation }: { explanation: Explanation }) {
  const color = useServiceColor();
  const timeline = timelineOf(explanation);
  const cold = timeline.rows.filter(({ isCold }) => isCold).length;
  return (
    <>
      <p className="summary">
        <strong>{duration(explanation.gateway.run)}</strong> in the gateway ·{' '}
        {counted(explanation.calls.length, 'call')} · {cold > 0 ? counted(cold, 'cold start') : 'no cold start'}
        <span className="legend">
          {Object.entries(LEGEND).map(([kind, label]) => (
            <span key={kind}>
              <i className={`bar ${kind}`} /> {label}
            </span>
          ))}
        </span>
      </p>
      <div className="scroll">
        <table className="waterfall">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Time</th>
              <th scope="col" aria-label="Timeline">
                <div className="axis">
                  {ticksOf(timeline).map(({ at, label }) => {
                    const left = percent(timeline, at);
                    return (
                      <span key={at} className={left > 95 ? 'at-end' : ''} style={{ left: `${left}%` }}>
                        {label}
                      </span>
                    );
                  })}
                </div>
              </th>
            </tr>
          </thead>
          <tbody>
            {timeline.rows.map(({ id, level, name, service, detail, segments, isCold, error }) => (
              <tr key={id} className={`level-${level}`} style={service ? color(service) : undefined}>
                <th scope="row" title={detail}>
                  {name}
                  {isCold && <span className="badge cold">cold</span>}
                  {error && <span className="badge error">{error}</span>}
                  {detail && <small>{detail}</small>}
                </th>
                <td>{duration(sum(segments))}</td>
                <td>
                  <div className="track">
                    {segments.map((segment) => (
                      <i
                        key={segment.kind}
                        className={`bar ${segment.kind}`}
                        title={`${LEGEND[segment.kind]}: ${duration(segment.to - segment.from)}`}
                        style={place(timeline, segment)}
                      />
                    ))}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function sum(segments: Segment[]): number {
  return segments.reduce((total, { from, to }) => total + to - from, 0);
}

function percent({ from, to }: Timeline, time: number): number {
  return (100 * (time - from)) / (to - from);
}

function place(timeline: Timeline, { from, to }: Segment): CSSProperties {
  return { left: `${percent(timeline, from)}%`, width: `${percent(timeline, to) - percent(timeline, from)}%` };
}
