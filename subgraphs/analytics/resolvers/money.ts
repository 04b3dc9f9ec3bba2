import { CURRENCY } from '../facts-from-events.ts';

/** Returns an amount in minor units as `Money`. */
export const usd = (amount: number) => ({ amount, currency: CURRENCY });
