/** Domain types behind GraphQL types, read by the code generator. */
export type { Review as ReviewMapper } from './review.ts';

/** Entities of other services, known by key only. */
interface Key {
  id: string;
}
export type ListingMapper = Key;
export type HostMapper = Key;
export type GuestMapper = Key;
export type BookingMapper = Key;
