import { ServiceName } from '../service-name.tsx';
import type { GraphDescription } from './graph-description.ts';

interface Row {
  coordinate: string;
  access: string[];
  services: string[];
}

/** Access requirements of types and fields. */
export function AccessSection({ graph }: { graph: GraphDescription }) {
  const rows = graph.types.flatMap(({ name, access, services, fields }): Row[] => [
    ...(access.length > 0 ? [{ coordinate: name, access, services }] : []),
    ...fields
      .filter((field) => field.access.length > 0)
      .map((field) => ({ coordinate: `${name}.${field.name}`, access: field.access, services: field.services })),
  ]);
  if (rows.length === 0)
    return <p className="hint">Everything is public: no type or field has an access requirement.</p>;
  return (
    <>
      <p className="summary">
        Everything else is public. The gateway does not fetch fields that the viewer may not see.
      </p>
      <div className="scroll">
        <table className="fields">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Allowed with</th>
              <th scope="col">Service</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ coordinate, access, services }) => (
              <tr key={coordinate}>
                <th scope="row">
                  <code>{coordinate}</code>
                </th>
                <td>
                  <code>{access.join(' ')}</code>
                </td>
                <td>
                  {services.map((service) => (
                    <ServiceName key={service} name={service} />
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
