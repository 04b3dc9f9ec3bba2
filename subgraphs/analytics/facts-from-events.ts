import type { BookingFacts } from '../bookings/events.ts';
import type { ListingFacts } from '../listings/events.ts';
import type { ReviewFacts } from '../reviews/events.ts';
import { addDays, dayOf, daysBetween, monthOf, weekOf } from './calendar.ts';
import { type Fact, type Figures, sumOf, type Total } from './fact.ts';
import { factIds, lists, places, totalIds } from './ids.ts';

/** The one currency of the marketplace: amounts add up. */
export const CURRENCY = 'USD';

/** A confirmed booking: it counts for its listing, its host and its guest, by night and by month, and for two weeks' trend. */
export function confirmedBooking(booking: BookingFacts, version: number, confirmedAt: Date): Fact {
  const { bookingId, listingId, hostId, guestId, checkIn, checkOut, total } = booking;
  if (total.currency !== CURRENCY)
    throw new Error(`Booking ${bookingId} is in ${total.currency}: only ${CURRENCY} adds up`);
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

/** A cancelled booking counts nowhere. */
export function cancelledBooking({ bookingId }: BookingFacts, version: number): Fact {
  return { id: factIds.booking(bookingId), version, adds: [] };
}

/** A listing: if it is open it counts for its host. */
export function listing({ listingId, hostId, status }: ListingFacts, version: number): Fact {
  return {
    id: factIds.listing(listingId),
    version,
    adds: status === 'OPEN' ? [{ id: totalIds.user(hostId), figures: { openListings: 1 } }] : [],
    listed: { listedIn: lists.listings(hostId), place: places.listing({ listingId }) },
    listing: { listingId, hostId, status },
  };
}

/** A review counts for what it is about and for its author; it never changes. */
export function review({ reviewId, subject: { type, id }, authorId, rating }: ReviewFacts): Fact {
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
  /** The night's part of the price of the stay, minor units: the parts add up to the whole. */
  revenue: number;
}

function nightsOf({ checkIn, checkOut, total }: BookingFacts): Night[] {
  const days = daysBetween(checkIn, checkOut);
  const upTo = (nights: number) => Math.floor((total.amount * nights) / days.length);
  return days.map((day, i) => ({ day, isFirst: i === 0, revenue: upTo(i + 1) - upTo(i) }));
}

/** What nights add to the total of each month that they are in. */
function byMonth(nights: Night[], idOf: (month: string) => string, figuresOf: (night: Night) => Figures): Total[] {
  const months = Map.groupBy(nights, ({ day }) => monthOf(day));
  return [...months].map(([month, ofMonth]) => ({ id: idOf(month), figures: sumOf(ofMonth.map(figuresOf)) }));
}

function monthFigures({ isFirst, revenue }: Night): Figures {
  return { bookings: isFirst ? 1 : 0, nights: 1, revenue };
}

/** The same, kept apart by day. */
function dayFigures(night: Night): Figures {
  const day = night.day.slice(-2);
  return Object.fromEntries(Object.entries(monthFigures(night)).map(([name, figure]) => [`${name}@${day}`, figure]));
}
