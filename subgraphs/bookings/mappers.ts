/** Domain types behind GraphQL types, read by the code generator. */
export type { Booking as BookingMapper } from './booking.ts';
export type { NightKey as NightMapper } from './night.ts';

/** Another service's entity: its key, and for `quote` the facts that it requires. */
export interface ListingMapper {
  id: string;
  nightlyPrice?: { amount: number; currency: string };
  minimumNights?: number;
}
/** Entities of other services, known by key only. */
export interface GuestMapper {
  id: string;
}
export interface HostMapper {
  id: string;
}
