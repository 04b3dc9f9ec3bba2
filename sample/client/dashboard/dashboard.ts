import type { HostDashboardQuery } from '../__generated__/operations.ts';

/** A host's figures, as queried by the page. */
export type Dashboard = NonNullable<HostDashboardQuery['hostDashboard']>;
