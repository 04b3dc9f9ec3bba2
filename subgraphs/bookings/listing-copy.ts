import type { ListingFacts } from '../listings/events.ts';

/** A copy of a listing, updated by events. */
export interface ListingCopy {
  id: string;
  hostId: string;
  title: string;
  status: 'OPEN' | 'CLOSED';
  /** Price per night, in the currency's minor unit. */
  nightlyAmount: number;
  currency: string;
  minimumNights: number;
  /** The listing's version, since events may be out of order. */
  version: number;
}

/** Creates a copy from an event's data. */
export function copyOf({ listingId, nightlyPrice, ...facts }: ListingFacts, version: number): ListingCopy {
  const { amount: nightlyAmount, currency } = nightlyPrice;
  const { hostId, title, status, minimumNights } = facts;
  return { id: listingId, hostId, title, status, nightlyAmount, currency, minimumNights, version };
}
