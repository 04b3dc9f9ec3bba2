/** Ids of facts. */
export const factIds = {
  booking: (id: string) => `fact#booking#${id}`,
  listing: (id: string) => `fact#listing#${id}`,
  review: (id: string) => `fact#review#${id}`,
};

/** Ids of totals. */
export const totalIds = {
  listing: (id: string) => `total#listing#${id}`,
  /** Has figures per day of the month, such as `nights@07`. */
  listingMonth: (id: string, month: string) => `total#listing#${id}#${month}`,
  user: (id: string) => `total#user#${id}`,
  hostMonth: (id: string, month: string) => `total#user#${id}#${month}`,
  /** Nights of a listing booked in a week and the week before. */
  trend: (week: string, listingId: string) => `${TREND}${week}#${listingId}`,
};

/** Names of sorted lists. */
export const lists = {
  /** A host's listings, by id. */
  listings: (hostId: string) => `listings#${hostId}`,
  /** Confirmed stays at a host's listings, by check-in day. */
  stays: (hostId: string) => `stays#${hostId}`,
  /** A week's listings, by number of nights booked. */
  trend: (week: string) => `trend#${week}`,
};

/** Sort keys in those lists. */
export const places = {
  listing: ({ listingId }: { listingId: string }) => listingId,
  stay: ({ checkIn, bookingId }: { checkIn: string; bookingId: string }) => `${checkIn}#${bookingId}`,
  trend: ({ nights, listingId }: { nights: number; listingId: string }) =>
    `${String(nights).padStart(10, '0')}#${listingId}`,
};

const TREND = 'total#trend#';

/** Returns the week and listing of a trend total, or undefined for any other total. */
export function trendIn(totalId: string): { week: string; listingId: string } | undefined {
  if (!totalId.startsWith(TREND)) return undefined;
  const [week = '', listingId = ''] = totalId.slice(TREND.length).split('#');
  return { week, listingId };
}
