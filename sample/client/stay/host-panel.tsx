import type { HostPanelFragment } from '../__generated__/operations.ts';
import { monthOf } from '../ui/format.ts';
import { Rating } from '../ui/rating.tsx';

/** The host of a stay; null while the service of accounts does not answer. */
export function HostPanel({ host }: { host: HostPanelFragment | null }) {
  return (
    <section className="panel" aria-labelledby="host">
      <h2 id="host">{host ? `Hosted by ${host.name}` : 'The host'}</h2>
      {host ? (
        <>
          <p className="muted">Since {monthOf(host.memberSince)}</p>
          {host.about && <p>{host.about}</p>}
          <p>
            <Rating of={host} />
          </p>
        </>
      ) : (
        <p className="muted">Who the host is cannot be shown right now.</p>
      )}
    </section>
  );
}
