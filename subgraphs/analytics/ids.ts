/** Ids of what is known. */
export const factIds = {
  booking: (id: string) => `fact#booking#${id}`,
  listing: (id: string) => `fact#listing#${id}`,
  review: (id: string) => `fact#review#${id}`,
};

/** Ids of what is summed up. */
export const totalIds = {
  listing: (id: string) => `total#listing#${id}`,
  /** By day of the month, as in `nights@07`. */
  listingMonth: (id: string, month: string) => `total#listing#${id}#${month}`,
  user: (id: string) => `total#user#${id}`,
  hostMonth: (id: string, month: string) => `total#user#${id}#${month}`,
  /** Nights of a listing that were booked in a week or in the one before. */
  trend: (week: string, listingId: string) => `${TREND}${week}#${listingId}`,
};

/** Lists that are kept in order. */
export const lists = {
  /** A host's listings, by id. */
  listings: (hostId: string) => `listings#${hostId}`,
  /** Confirmed stays at a host's places, by day of arrival. */
  stays: (hostId: string) => `stays#${hostId}`,
  /** A week's listings, by nights booked. */
  trend: (week: string) => `trend#${week}`,
};

/** Places in those lists: they sort as text. */
export const places = {
  listing: ({ listingId }: { listingId: string }) => listingId,
  stay: ({ checkIn, bookingId }: { checkIn: string; bookingId: string }) => `${checkIn}#${bookingId}`,
  trend: ({ nights, listingId }: { nights: number; listingId: string }) =>
    `${String(nights).padStart(10, '0')}#${listingId}`,
};

const TREND = 'total#trend#';

/** The week and the listing of a trend's total; undefined for any other total. */
export function trendIn(totalId: string): { week: string; listingId: string } | undefined {
  if (!totalId.startsWith(TREND)) return undefined;
  const [week = '', listingId = ''] = totalId.slice(TREND.length).split('#');
  return { week, listingId };
}
