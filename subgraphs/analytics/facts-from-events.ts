import type { BookingFacts } from '../bookings/events.ts';
import type { ListingFacts } from '../listings/events.ts';
import type { ReviewFacts } from '../reviews/events.ts';
import { addDays, dayOf, daysBetween, monthOf, weekOf } from './calendar.ts';
import { type Fact, type Figures, sumOf, type Total } from './fact.ts';
import { factIds, lists, places, totalIds } from './ids.ts';

/** The marketplace's only currency, so amounts can be added up. */
export const CURRENCY = 'USD';

/** Returns the fact of a confirmed booking. It counts for its listing, host and guest, per night and month, and for two weeks' trends. */
export function confirmedBookingFact(booking: BookingFacts, version: number, confirmedAt: Date): Fact {
  const { bookingId, listingId, hostId, guestId, checkIn, checkOut, total } = booking;
  if (total.currency !== CURRENCY)
    throw new Error(`Booking ${bookingId} is in ${total.currency}: only ${CURRENCY} is supported`);
  const nights = nightsOf(booking);
  const week = weekOf(dayOf(confirmedAt));
  return {
    id: factIds.booking(bookingId),
    version,
    adds: [
      { id: totalIds.listing(listingId), figures: { bookings: 1, nights: nights.length, revenue: total.amount } },
      {
        id: totalIds.user(hostId),
        figures: { hostedStays: 1, hostedNights: nights.length, revenue: total.amount },
      },
      { id: totalIds.user(guestId), figures: { stays: 1, nights: nights.length } },
      ...byMonth(nights, (month) => totalIds.listingMonth(listingId, month), dayFigures),
      ...byMonth(nights, (month) => totalIds.hostMonth(hostId, month), monthFigures),
      ...[week, addDays(week, 7)].map((each) => ({
        id: totalIds.trend(each, listingId),
        figures: { nights: nights.length },
      })),
    ],
    listed: { listedIn: lists.stays(hostId), place: places.stay(booking) },
    stay: { bookingId, listingId, guestId, checkIn, checkOut, nights: nights.length, total: total.amount },
  };
}

/** Returns the fact of a cancelled booking, which counts nowhere. */
export function cancelledBookingFact({ bookingId }: BookingFacts, version: number): Fact {
  return { id: factIds.booking(bookingId), version, adds: [] };
}

/** Returns the fact of a listing, which counts for its host while open. */
export function listingFact({ listingId, hostId, status }: ListingFacts, version: number): Fact {
  return {
    id: factIds.listing(listingId),
    version,
    adds: status === 'OPEN' ? [{ id: totalIds.user(hostId), figures: { openListings: 1 } }] : [],
    listed: { listedIn: lists.listings(hostId), place: places.listing({ listingId }) },
    listing: { listingId, hostId, status },
  };
}

/** Returns the fact of a review, which counts for its subject and its author. Reviews never change. */
export function reviewFact({ reviewId, subject: { type, id }, authorId, rating }: ReviewFacts): Fact {
  const subject = type === 'LISTING' ? totalIds.listing(id) : totalIds.user(id);
  return {
    id: factIds.review(reviewId),
    version: 1,
    adds: [
      { id: subject, figures: { reviews: 1, stars: rating } },
      { id: totalIds.user(authorId), figures: { reviewsWritten: 1 } },
    ],
  };
}

interface Night {
  day: string;
  isFirst: boolean;
  /** The night's share of the price, in minor units. The shares add up to the price. */
  revenue: number;
}

function nightsOf({ checkIn, checkOut, total }: BookingFacts): Night[] {
  const days = daysBetween(checkIn, checkOut);
  const cumulative = (nights: number) => Math.floor((total.amount * nights) / days.length);
  return days.map((day, i) => ({ day, isFirst: i === 0, revenue: cumulative(i + 1) - cumulative(i) }));
}

/** Returns the contributions of nights to monthly totals. */
function byMonth(nights: Night[], idOf: (month: string) => string, figuresOf: (night: Night) => Figures): Total[] {
  const months = Map.groupBy(nights, ({ day }) => monthOf(day));
  return [...months].map(([month, ofMonth]) => ({ id: idOf(month), figures: sumOf(ofMonth.map(figuresOf)) }));
}

function monthFigures({ isFirst, revenue }: Night): Figures {
  return { bookings: isFirst ? 1 : 0, nights: 1, revenue };
}

/** Returns the figures of a night, named by day of the month. */
function dayFigures(night: Night): Figures {
  const day = night.day.slice(-2);
  return Object.fromEntries(Object.entries(monthFigures(night)).map(([name, figure]) => [`${name}@${day}`, figure]));
}
