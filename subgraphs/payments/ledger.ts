/** A user's wallet, or the external account that the user deposits from. */
export type Account = `${'wallet' | 'outside'}#${string}`;

/** Kinds of movements. */
export const MOVEMENT_KINDS = ['FUNDING', 'PAYMENT', 'REFUND'] as const;

/** One account's side of a movement. */
export interface Entry {
  account: Account;
  /** Minor units; negative for money that leaves the account. */
  amount: number;
}

/** A transfer between two accounts. Its entries sum to zero. */
export interface Movement {
  id: string;
  kind: (typeof MOVEMENT_KINDS)[number];
  entries: [Entry, Entry];
  currency: string;
  /** RFC 3339, UTC. */
  at: string;
  bookingId?: string;
}

/** A movement from the view of one account. */
export type AccountEntry = Omit<Movement, 'entries'> & { amount: number };

/** Returns the wallet account of a user. */
export const walletOf = (userId: string): Account => `wallet#${userId}`;
/** Returns the external account of a user. */
const outsideOf = (userId: string): Account => `outside#${userId}`;

/** Whether an account is a wallet, which has a stored balance. */
export const isWallet = (account: Account) => account.startsWith('wallet#');

/** Creates the movement of a deposit. */
export function depositMovement(userId: string, amount: number, { id, now }: { id: string; now: Date }): Movement {
  return {
    id,
    kind: 'FUNDING',
    entries: transfer(outsideOf(userId), walletOf(userId), amount),
    currency: CURRENCY,
    at: now.toISOString(),
  };
}

/** Returns the two entries of a transfer. */
export function transfer(from: Account, to: Account, amount: number): [Entry, Entry] {
  return [
    { account: from, amount: -amount },
    { account: to, amount },
  ];
}

/** The marketplace's only currency. */
export const CURRENCY = 'USD';

const MAX_DEPOSIT = 1_000_000;
/** Maximum balance after a deposit, in minor units. */
export const MAX_BALANCE = 100_000_000;

/** A validation error of a deposit. */
export interface ValidationError {
  field: string;
  message: string;
}

/** Returns the first validation error of a deposit, if any. */
export function depositError({ amount, currency }: { amount: number; currency: string }): ValidationError | undefined {
  if (currency !== CURRENCY) return { field: 'amount.currency', message: 'Only USD is supported.' };
  if (amount < 1 || amount > MAX_DEPOSIT)
    return { field: 'amount.amount', message: 'The amount must be more than 0 and at most $10,000.' };
  return undefined;
}
