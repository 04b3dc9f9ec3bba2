import type { HostDashboardQuery } from '../__generated__/operations.ts';

/** A host's figures, as the page asks for them. */
export type Dashboard = NonNullable<HostDashboardQuery['hostDashboard']>;
