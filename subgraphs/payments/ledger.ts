/** Where money is: in a user's wallet, or outside, in the bank that the user pays in from. */
export type Account = `${'wallet' | 'outside'}#${string}`;

/** Why money moves. */
export const MOVEMENT_KINDS = ['FUNDING', 'PAYMENT', 'REFUND'] as const;

/** One side of a movement, as the account sees it. */
export interface Entry {
  account: Account;
  /** Minor units; negative when it leaves the account. */
  amount: number;
}

/** Money that moves, written in each account that it touches: its entries sum to zero, so all accounts together do. */
export interface Movement {
  id: string;
  kind: (typeof MOVEMENT_KINDS)[number];
  entries: [Entry, Entry];
  currency: string;
  /** RFC 3339, UTC. */
  at: string;
  bookingId?: string;
}

/** A movement as one account has it. */
export type AccountEntry = Omit<Movement, 'entries'> & { amount: number };

/** A user's wallet. */
export const walletOf = (userId: string): Account => `wallet#${userId}`;
/** Where a user's money comes from. */
const outsideOf = (userId: string): Account => `outside#${userId}`;

/** Whether an account has a balance that is kept up. */
export const isWallet = (account: Account) => account.startsWith('wallet#');

/** Money that a user pays in. */
export function funding(userId: string, amount: number, { id, now }: { id: string; now: Date }): Movement {
  return {
    id,
    kind: 'FUNDING',
    entries: transfer(outsideOf(userId), walletOf(userId), amount),
    currency: CURRENCY,
    at: now.toISOString(),
  };
}

/** From one account to another; what leaves the one is what comes to the other. */
export function transfer(from: Account, to: Account, amount: number): [Entry, Entry] {
  return [
    { account: from, amount: -amount },
    { account: to, amount },
  ];
}

/** All money is in this currency. */
export const CURRENCY = 'USD';

const MOST_AT_ONCE = 1_000_000;
/** Minor units: a wallet that would hold more takes nothing in from outside. */
export const MOST_IN_WALLET = 100_000_000;

/** The first rule that a wish to pay in breaks. */
export interface BrokenRule {
  field: string;
  message: string;
}

/** The rule that an amount to be paid in breaks, if any. */
export function brokenFundingRule({ amount, currency }: { amount: number; currency: string }): BrokenRule | undefined {
  if (currency !== CURRENCY) return { field: 'amount.currency', message: 'Wallets are in USD.' };
  if (amount < 1 || amount > MOST_AT_ONCE)
    return { field: 'amount.amount', message: 'An amount is more than 0 and at most 10,000 dollars.' };
  return undefined;
}
