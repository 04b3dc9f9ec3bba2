/** Which domain type stands behind which GraphQL type; read by the code generator. */
export type { Stay as UpcomingStayMapper } from './fact.ts';

/** Other services' entities: only their keys are known here. */
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
