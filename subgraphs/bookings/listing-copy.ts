import type { ListingFacts } from '../listings/events.ts';

/** What this service keeps of another's listing, as far as events have told of it. */
export interface ListingCopy {
  id: string;
  hostId: string;
  title: string;
  status: 'OPEN' | 'CLOSED';
  /** Price of a night, in the currency's minor unit. */
  nightlyAmount: number;
  currency: string;
  minimumNights: number;
  /** The listing's version: events may come in any order. */
  version: number;
}

/** The copy that an event's facts make. */
export function copyOf({ listingId, nightlyPrice, ...facts }: ListingFacts, version: number): ListingCopy {
  const { amount: nightlyAmount, currency } = nightlyPrice;
  const { hostId, title, status, minimumNights } = facts;
  return { id: listingId, hostId, title, status, nightlyAmount, currency, minimumNights, version };
}
