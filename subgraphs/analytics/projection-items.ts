import * as z from 'zod/mini';
import type { Item } from '#platform/dynamodb/batch-read.ts';
import { EXPIRES_AT, expiryTime } from '#platform/dynamodb/table-ref.ts';
import type { Fact, Total } from './fact.ts';
import { lists, places, trendIn } from './ids.ts';

/** A stored total. Its version is incremented with each change. */
export interface StoredTotal extends Total {
  version: number;
}

/** Days from the beginning of a trend's week until it expires. */
const TREND_DAYS_KEPT = 35;

const total = z.object({ id: z.string(), figures: z.record(z.string(), z.number()) });

const storedTotal = z.object({ ...total.shape, version: z.number() });

const storedFact = z.object({
  id: z.string(),
  version: z.number(),
  adds: z.array(total),
  listedIn: z.optional(z.string()),
  place: z.optional(z.string()),
  stay: z.optional(
    z.object({
      bookingId: z.string(),
      listingId: z.string(),
      guestId: z.string(),
      checkIn: z.string(),
      checkOut: z.string(),
      nights: z.number(),
      total: z.number(),
    }),
  ),
  listing: z.optional(z.object({ listingId: z.string(), hostId: z.string(), status: z.enum(['OPEN', 'CLOSED']) })),
});

export function factItem({ listed, ...fact }: Fact): Item {
  return { ...fact, ...listed };
}

export function toFact(item: Item): Fact {
  const { listedIn, place, stay, listing, ...fact } = storedFact.parse(item);
  return {
    ...fact,
    ...(listedIn && place && { listed: { listedIn, place } }),
    ...(stay && { stay }),
    ...(listing && { listing }),
  };
}

/** Returns the item of a total. Only trend totals are in a list, sorted by nights. */
export function totalItem(stored: StoredTotal): Item {
  const trend = trendIn(stored.id);
  const { nights = 0 } = stored.figures;
  if (!trend) return { ...stored };
  const place = places.trend({ nights, listingId: trend.listingId });
  return {
    ...stored,
    ...(nights > 0 && { listedIn: lists.trend(trend.week), place }),
    [EXPIRES_AT]: expiryTime(new Date(trend.week), TREND_DAYS_KEPT),
  };
}

export function toTotal(item: Item): StoredTotal {
  return storedTotal.parse(item);
}
