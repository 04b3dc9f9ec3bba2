import { badInput } from '#platform/graphql/bad-input.ts';
import { connection, pageRequest } from '#platform/graphql/connection.ts';
import type {
  HostDashboardResolvers,
  ListingFiguresResolvers,
  UpcomingStayResolvers,
} from '../__generated__/resolvers.ts';
import { dayOf, monthsUpTo } from '../calendar.ts';
import type { Figures, OfferedListing, Stay } from '../fact.ts';
import { places, totalIds } from '../ids.ts';
import { usd } from './money.ts';

const MAX_MONTHS = 36;

export const HostDashboard: HostDashboardResolvers = {
  host: ({ hostId }) => ({ id: hostId }),
  openListings: async ({ hostId }, _, { figuresOf }) => (await figuresOf.load(totalIds.user(hostId))).openListings ?? 0,
  totals: async ({ hostId }, _, { figuresOf }) => {
    const { hostedStays, hostedNights, revenue } = await figuresOf.load(totalIds.user(hostId));
    return bookingFigures({ bookings: hostedStays, nights: hostedNights, revenue });
  },
  rating: async ({ hostId }, _, { figuresOf }) => ratingOf(await figuresOf.load(totalIds.user(hostId))),
  months: async ({ hostId }, { last }, { now, figuresOf }) => {
    if (last < 1 || last > MAX_MONTHS) throw badInput(`last must be from 1 to ${MAX_MONTHS}, not ${last}.`);
    const months = monthsUpTo(dayOf(now()), last);
    const figures = await Promise.all(months.map((month) => figuresOf.load(totalIds.hostMonth(hostId, month))));
    return months.map((month, i) => ({ month: `${month}-01`, ...bookingFigures(figures[i] ?? {}) }));
  },
  listings: async ({ hostId }, args, { projections }) => {
    const request = pageRequest(args, { identity: ['HostDashboard.listings', hostId], keyAttributes: ['place'] });
    return connection(await projections.listingsOf(hostId, request), request, listingCursor);
  },
  upcoming: async ({ hostId }, args, { projections, now }) => {
    const request = pageRequest(args, { identity: ['HostDashboard.upcoming', hostId], keyAttributes: ['place'] });
    return connection(await projections.staysOf(hostId, dayOf(now()), request), request, stayCursor);
  },
};

export const ListingFigures: ListingFiguresResolvers = {
  listing: ({ listingId }) => ({ id: listingId }),
  totals: async ({ listingId }, _, { figuresOf }) => bookingFigures(await figuresOf.load(totalIds.listing(listingId))),
  rating: async ({ listingId }, _, { figuresOf }) => ratingOf(await figuresOf.load(totalIds.listing(listingId))),
};

export const UpcomingStay: UpcomingStayResolvers = {
  booking: ({ bookingId }) => ({ id: bookingId }),
  listing: ({ listingId }) => ({ id: listingId }),
  guest: ({ guestId }) => ({ id: guestId }),
  total: ({ total }) => usd(total),
};

/** Cursor keys: positions in the lists. */
const listingCursor = (listing: OfferedListing) => ({ place: places.listing(listing) });
const stayCursor = (stay: Stay) => ({ place: places.stay(stay) });

function bookingFigures({ bookings = 0, nights = 0, revenue = 0 }: Partial<Figures>) {
  return { bookings, nights, revenue: usd(revenue) };
}

/** Returns the average rating, rounded to two decimals. */
function ratingOf({ reviews: count = 0, stars = 0 }: Figures) {
  return { count, average: count === 0 ? null : Math.round((stars / count) * 100) / 100 };
}
