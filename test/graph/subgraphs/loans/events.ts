import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';
import { day } from '#platform/events/value-schemas.ts';

/** What other services may know of a loan. */
const loanFacts = z.object({ loanId: z.string(), bookId: z.string(), memberId: z.string(), dueOn: day });

/** What happens to loans. An event's `entityId` is the loan's id and its `version` the loan's, one more with each change. */
export const loanEvents = new PublishedLanguage('loans', { LoanStarted: loanFacts, LoanEnded: loanFacts });

/** An event of this service. */
export type LoanEvent = EventOf<typeof loanEvents>;
