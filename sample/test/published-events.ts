import { type BookingEvent, type BookingFacts, bookingEvents } from '../../subgraphs/bookings/events.ts';
import { type ListingEvent, type ListingFacts, listingEvents } from '../../subgraphs/listings/events.ts';
import { type ReviewEvent, type ReviewFacts, reviewEvents } from '../../subgraphs/reviews/events.ts';

/** Published events for tests of consumers: a stay of three nights by default. */

const BOOKING: BookingFacts = {
  bookingId: 'b1',
  listingId: 'loft',
  hostId: 'hana',
  guestId: 'ada',
  checkIn: '2026-05-01',
  checkOut: '2026-05-04',
  nights: 3,
  total: { amount: 30_000, currency: 'USD' },
  paymentDue: '2026-04-01T12:15:00Z',
};

const LISTING: ListingFacts = {
  listingId: 'loft',
  hostId: 'hana',
  title: 'Quiet loft',
  status: 'OPEN',
  nightlyPrice: { amount: 10_000, currency: 'USD' },
  minimumNights: 1,
};

const REVIEW: ReviewFacts = {
  reviewId: 'b1-listing',
  bookingId: 'b1',
  subject: { type: 'LISTING', id: 'loft' },
  authorId: 'ada',
  rating: 4,
};

interface Metadata {
  version?: number;
  time?: string;
}

function envelope(entityId: string, { version = 1, time = '2026-04-01T12:00:00Z' }: Metadata) {
  return { entityId, version, time: new Date(time), requestId: 'test' };
}

export function bookingConfirmed(facts: Partial<BookingFacts> = {}, metadata: Metadata = {}): BookingEvent {
  const data = { ...BOOKING, ...facts };
  return bookingEvents.event({
    type: 'BookingConfirmed',
    data,
    ...envelope(data.bookingId, { version: 2, ...metadata }),
  });
}

export function bookingCancelled(facts: Partial<BookingFacts> = {}, metadata: Metadata = {}): BookingEvent {
  const data = { ...BOOKING, ...facts, reason: 'BY_GUEST', wasConfirmed: true } as const;
  return bookingEvents.event({
    type: 'BookingCancelled',
    data,
    ...envelope(data.bookingId, { version: 3, ...metadata }),
  });
}

export function listingOffered(facts: Partial<ListingFacts> = {}, metadata: Metadata = {}): ListingEvent {
  const data = { ...LISTING, ...facts };
  return listingEvents.event({ type: 'ListingOffered', data, ...envelope(data.listingId, metadata) });
}

export function listingClosed(facts: Partial<ListingFacts> = {}, metadata: Metadata = {}): ListingEvent {
  const data = { ...LISTING, ...facts, status: 'CLOSED' as const };
  return listingEvents.event({ type: 'ListingClosed', data, ...envelope(data.listingId, { version: 2, ...metadata }) });
}

export function listingsImported(listings: (Partial<ListingFacts> & { version?: number })[]): ListingEvent {
  const data = { listings: listings.map((facts) => ({ ...LISTING, version: 1, ...facts })) };
  return listingEvents.event({ type: 'ListingsImported', data, ...envelope('import1', {}) });
}

export function reviewWritten(facts: Partial<ReviewFacts> = {}): ReviewEvent {
  const data = { ...REVIEW, ...facts };
  return reviewEvents.event({ type: 'ReviewWritten', data, ...envelope(data.reviewId, {}) });
}

export function reviewsImported(reviews: Partial<ReviewFacts>[]): ReviewEvent {
  const data = { reviews: reviews.map((facts) => ({ ...REVIEW, ...facts })) };
  return reviewEvents.event({ type: 'ReviewsImported', data, ...envelope('import2', {}) });
}
