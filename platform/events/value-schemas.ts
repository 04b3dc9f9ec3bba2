import * as z from 'zod/mini';

/** An amount of money in an event: the currency's minor unit, and its ISO 4217 code. */
export const money = z.object({ amount: z.int(), currency: z.string() });

/** A date in an event, `2026-05-01`. */
export const day = z.iso.date();

/** A time in an event, RFC 3339, UTC. */
export const moment = z.iso.datetime();
