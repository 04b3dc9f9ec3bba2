/** Domain types behind GraphQL types, read by the code generator. */
export type { Stay as UpcomingStayMapper } from './fact.ts';

/** Entities of other services, known by key only. */
interface Key {
  id: string;
}
export type ListingMapper = Key;
export type UserMapper = Key;
export type BookingMapper = Key;

export interface HostDashboardMapper {
  hostId: string;
}
export interface ListingFiguresMapper {
  listingId: string;
}
