import * as z from 'zod/mini';
import { type EventOf, PublishedLanguage } from '#platform/events/domain-event.ts';
import { day } from '#platform/events/value-schemas.ts';

/** Data of a loan's events. */
const loanFacts = z.object({ loanId: z.string(), bookId: z.string(), memberId: z.string(), dueOn: day });

/** Events of loans. `entityId` is the loan's id, `version` the loan's version. */
export const loanEvents = new PublishedLanguage('loans', { LoanStarted: loanFacts, LoanEnded: loanFacts });

/** Event of this service. */
export type LoanEvent = EventOf<typeof loanEvents>;
