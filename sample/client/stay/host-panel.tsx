import type { HostPanelFragment } from '../__generated__/operations.ts';
import { monthOf } from '../ui/format.ts';
import { Rating } from '../ui/rating.tsx';

/** Shows the host of a listing: undefined until it arrives, null if the accounts service failed. */
export function HostPanel({ host }: { host: HostPanelFragment | null | undefined }) {
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
        <p className="muted">{host === null ? 'The host cannot be shown right now.' : 'Loading the host…'}</p>
      )}
    </section>
  );
}
