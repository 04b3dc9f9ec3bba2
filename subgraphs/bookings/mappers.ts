/** Domain types behind GraphQL types, read by the code generator. */
export type { Booking as BookingMapper } from './booking.ts';
export type { NightKey as NightMapper } from './night.ts';

/** Entity of another service: its key, and the fields that `quote` requires. */
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
