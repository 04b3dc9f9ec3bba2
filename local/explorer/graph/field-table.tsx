import { ServiceName } from '../service-name.tsx';
import type { TypeDescription } from './graph-description.ts';

/** Fields of a type, with the services that resolve them. */
export function FieldTable({ type }: { type: TypeDescription }) {
  return (
    <div className="scroll">
      <table className="fields">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Type</th>
            <th scope="col">Service</th>
          </tr>
        </thead>
        <tbody>
          {type.fields.map(
            ({ name, type: fieldType, services, description, requires, access, deprecated, isHidden }) => (
              <tr key={name}>
                <th scope="row" title={description}>
                  <code className={deprecated ? 'deprecated' : undefined}>{name}</code>
                </th>
                <td>
                  <code>{fieldType}</code>
                  {requires && <small>requires {requires}</small>}
                  {access.length > 0 && <small>{access.join(' ')}</small>}
                  {deprecated && <small>deprecated: {deprecated}</small>}
                  {isHidden && <small>@inaccessible</small>}
                </td>
                <td>
                  {services.map((service) => (
                    <ServiceName key={service} name={service} />
                  ))}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
