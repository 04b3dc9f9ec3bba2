import { useState } from 'react';
import { ServiceName } from '../service-name.tsx';
import { FieldTable } from './field-table.tsx';
import type { GraphDescription, TypeDescription } from './graph-description.ts';

/** All types and fields with the services that own them; filtered by a part of their names, or by service. */
export function TypesSection({ graph }: { graph: GraphDescription }) {
  const [text, setText] = useState('');
  const [service, setService] = useState('');
  const types = graph.types.map((type) => matching(type, text.trim().toLowerCase(), service)).filter((each) => !!each);
  return (
    <>
      <form className="filter" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          aria-label="Type or field"
          placeholder="Type or field"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <select aria-label="Service" value={service} onChange={({ target }) => setService(target.value)}>
          <option value="">All services</option>
          {graph.services.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <output>{types.length} types</output>
      </form>
      {types.length === 0 && <p className="hint">No type or field has this name.</p>}
      <div className="types">
        {types.map((type) => (
          <details key={type.name} open={text !== '' || types.length < 4}>
            <summary>
              <strong>{type.name}</strong> <span className="quiet">{type.kind}</span>
              <span className="services">
                {type.services.map((each) => (
                  <ServiceName key={each} name={each} />
                ))}
              </span>
            </summary>
            {type.description && <p>{type.description}</p>}
            {type.members.length > 0 && <p className="members">{type.members.join(' · ')}</p>}
            {type.fields.length > 0 && <FieldTable type={type} />}
          </details>
        ))}
      </div>
    </>
  );
}

/** Returns a type with its matching fields; with all of them if its own name matches, undefined if nothing does. */
function matching(type: TypeDescription, text: string, service: string): TypeDescription | undefined {
  const isNamed = type.name.toLowerCase().includes(text);
  const fields = type.fields.filter(
    (field) => (isNamed || field.name.toLowerCase().includes(text)) && (!service || field.services.includes(service)),
  );
  const isOfService = !service || type.services.includes(service);
  if (!isOfService) return undefined;
  return fields.length > 0 || (isNamed && type.fields.length === 0) ? { ...type, fields } : undefined;
}
