const DAY_MS = 86_400_000;
const DAYS = 28;

/** Current or past loan of a book to a member. */
export interface Loan {
  id: string;
  bookId: string;
  memberId: string;
  /** Day, UTC. */
  dueOn: string;
  isReturned: boolean;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** Incremented by each change. */
  version: number;
}

export function start({ id, bookId, memberId }: Pick<Loan, 'id' | 'bookId' | 'memberId'>, now: Date): Loan {
  const dueOn = returnBy(now.toISOString().slice(0, 'YYYY-MM-DD'.length));
  return { id, bookId, memberId, dueOn, isReturned: false, startedAt: now.toISOString(), version: 1 };
}

export function end(loan: Loan): Loan {
  return { ...loan, isReturned: true, version: loan.version + 1 };
}

export function statusOf({ isReturned, dueOn }: Loan, now: Date): 'OUT' | 'OVERDUE' | 'RETURNED' {
  if (isReturned) return 'RETURNED';
  return now.toISOString().slice(0, dueOn.length) > dueOn ? 'OVERDUE' : 'OUT';
}

/** Returns the last day of a loan that starts on a day. */
export function returnBy(borrowedOn: string): string {
  return new Date(Date.parse(borrowedOn) + DAYS * DAY_MS).toISOString().slice(0, borrowedOn.length);
}
