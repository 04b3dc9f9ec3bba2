import { ServiceName } from '../service-name.tsx';
import type { GraphDescription } from './graph-description.ts';

/** Deprecated fields, with the registered operations that still select them. */
export function DeprecatedSection({ graph: { deprecated } }: { graph: GraphDescription }) {
  if (deprecated.length === 0) return <p className="hint">No field is deprecated.</p>;
  return (
    <div className="scroll">
      <table className="fields">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Reason</th>
            <th scope="col">Registered operations</th>
            <th scope="col">Service</th>
          </tr>
        </thead>
        <tbody>
          {deprecated.map(({ coordinate, reason, operations, services }) => (
            <tr key={coordinate}>
              <th scope="row">
                <code>{coordinate}</code>
              </th>
              <td>{reason}</td>
              <td>{operations.length > 0 ? operations.join(', ') : 'none: it can be removed'}</td>
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
  );
}
