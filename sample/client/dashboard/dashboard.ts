import type { HostDashboardQuery } from '../__generated__/operations.ts';

/** What the dashboard shows of a host. */
export type Dashboard = NonNullable<HostDashboardQuery['hostDashboard']>;
