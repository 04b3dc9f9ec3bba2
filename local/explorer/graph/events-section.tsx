import { useMemo } from 'react';
import { counted } from '../panels/format.ts';
import type { Arrow, Box } from '../picture/elements.ts';
import Picture from '../picture/picture.tsx';
import type { EventDescription, GraphDescription } from './graph-description.ts';

/** Picture of the events, from their publishers to their consumers. */
export function EventsSection({ graph: { events } }: { graph: GraphDescription }) {
  const { boxes, arrows } = useMemo(() => eventPicture(events), [events]);
  if (events.length === 0) return <p className="hint">No service publishes events.</p>;
  const unheard = events.filter(({ consumers }) => consumers.length === 0);
  return (
    <>
      <p className="summary">
        {counted(events.length, 'event')}
        {unheard.length > 0 && ` · without consumer: ${unheard.map(({ type }) => type).join(', ')}`}
      </p>
      <div className="split">
        <Picture label="Events" boxes={boxes} arrows={arrows} />
      </div>
    </>
  );
}

function eventPicture(events: EventDescription[]): { boxes: Box[]; arrows: Arrow[] } {
  const publishers = [...new Set(events.map(({ source }) => source))];
  const consumers = [...new Set(events.flatMap((event) => event.consumers))].sort();
  const boxes = [
    ...publishers.map((name) => serviceBox(`publisher ${name}`, name, 'publishes')),
    ...events.map(eventBox),
    ...consumers.map((name) => serviceBox(`consumer ${name}`, name, 'consumes')),
  ];
  const arrows = events.flatMap(({ type, source, consumers: of }) => [
    { from: `publisher ${source}`, to: `event ${source} ${type}`, service: source },
    ...of.map((consumer) => ({ from: `event ${source} ${type}`, to: `consumer ${consumer}`, service: source })),
  ]);
  return { boxes, arrows };
}

function eventBox({ type, source, consumers }: EventDescription): Box {
  return {
    id: `event ${source} ${type}`,
    service: source,
    width: 180,
    height: 42,
    label: `Event ${type} of ${source}, consumed by ${consumers.join(', ') || 'no service'}`,
    content: <strong>{type}</strong>,
  };
}

function serviceBox(id: string, name: string, role: string): Box {
  return {
    id,
    service: name,
    width: 130,
    height: 54,
    label: `Service ${name} ${role}`,
    content: (
      <>
        <strong>{name}</strong>
        <span className="quiet">{role}</span>
      </>
    ),
  };
}
