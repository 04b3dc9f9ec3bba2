import { useMemo, useState } from 'react';
import { counted } from '../panels/format.ts';
import type { Arrow, Box } from '../picture/elements.ts';
import Picture from '../picture/picture.tsx';
import { ServiceName } from '../service-name.tsx';
import { FieldTable } from './field-table.tsx';
import type { GraphDescription, TypeDescription } from './graph-description.ts';
import { addedFields, definingService } from './ownership.ts';

/** Picture of the entities and the services that define and extend them. */
export function EntitiesSection({ graph }: { graph: GraphDescription }) {
  const entities = useMemo(() => graph.types.filter(({ keys }) => keys.length > 0), [graph]);
  const [selected, setSelected] = useState<string>();
  const { boxes, arrows } = useMemo(() => entityPicture(graph, entities), [graph, entities]);
  const entity = entities.find(({ name }) => typeId(name) === selected);
  if (entities.length === 0) return <p className="hint">No type has a key: services do not share entities yet.</p>;
  return (
    <>
      <p className="summary">
        {counted(entities.length, 'entity', 'entities')} of {counted(graph.services.length, 'service')}. An arrow leads
        from a service to an entity that it defines or adds fields to. Select an entity to see its fields.
      </p>
      <div className="split">
        <Picture label="Entities" boxes={boxes} arrows={arrows} selected={selected} onSelect={setSelected} />
        {entity && <EntityDetails entity={entity} />}
      </div>
    </>
  );
}

function EntityDetails({ entity }: { entity: TypeDescription }) {
  return (
    <section className="details" aria-label={entity.name}>
      <h3>{entity.name}</h3>
      {entity.description && <p>{entity.description}</p>}
      <ul className="keys">
        {entity.keys.map(({ service, fields, isResolvable }) => (
          <li key={`${service} ${fields}`}>
            <ServiceName name={service} /> <code>@key(fields: "{fields}")</code>
            {!isResolvable && ' only refers to it'}
          </li>
        ))}
      </ul>
      <FieldTable type={entity} />
    </section>
  );
}

function entityPicture(graph: GraphDescription, entities: TypeDescription[]): { boxes: Box[]; arrows: Arrow[] } {
  const services = graph.services.filter(({ name }) =>
    entities.some(({ keys }) => keys.some((key) => key.service === name)),
  );
  const boxes = [...services.map(({ name }) => serviceBox(name)), ...entities.map(entityBox)];
  const arrows = entities.flatMap((entity) =>
    entity.services.map((service) => ({
      from: serviceId(service),
      to: typeId(entity.name),
      label: contribution(entity, service),
      service,
    })),
  );
  return { boxes, arrows };
}

function contribution(entity: TypeDescription, service: string): string {
  if (service === definingService(entity)) return 'defines';
  const count = addedFields(entity, service).length;
  return count > 0 ? `adds ${count}` : 'refers to';
}

function serviceBox(name: string): Box {
  return {
    id: serviceId(name),
    service: name,
    width: 130,
    height: 42,
    label: `Service ${name}`,
    content: <strong>{name}</strong>,
  };
}

function entityBox(entity: TypeDescription): Box {
  const { name, keys, fields } = entity;
  const keyFields = [...new Set(keys.map((key) => key.fields))].join(' · ');
  const service = definingService(entity);
  return {
    id: typeId(name),
    ...(service && { service }),
    width: 170,
    height: 62,
    label: `Entity ${name}, key ${keyFields}, ${counted(fields.length, 'field')}`,
    content: (
      <>
        <strong>{name}</strong>
        <span className="quiet clipped">
          key {keyFields} · {counted(fields.length, 'field')}
        </span>
      </>
    ),
  };
}

function serviceId(name: string): string {
  return `service ${name}`;
}

function typeId(name: string): string {
  return `type ${name}`;
}
