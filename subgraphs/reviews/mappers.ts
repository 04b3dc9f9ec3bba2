/** Which domain type stands behind which GraphQL type; read by the code generator. */
export type { Review as ReviewMapper } from './review.ts';

/** Other services' entities: only their keys are known here. */
interface Key {
  id: string;
}
export type ListingMapper = Key;
export type HostMapper = Key;
export type GuestMapper = Key;
export type BookingMapper = Key;
