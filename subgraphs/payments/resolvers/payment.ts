import type { BookingResolvers, PaymentResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { concerns, type Payment as Paid } from '../payment.ts';

export const Payment: PaymentResolvers = {
  __resolveReference: ({ id }, context) => visiblePayment(id, context),
  id: ({ bookingId }) => bookingId,
  booking: ({ bookingId }) => ({ id: bookingId }),
  guest: ({ guestId }) => ({ id: guestId }),
  host: ({ hostId }) => ({ id: hostId }),
  amount: ({ amount, currency }) => ({ amount, currency }),
  status: ({ status }) => {
    if (status === 'VOID') throw new Error('A void payment is not shown');
    return status;
  },
};

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payment: ({ id }, _, context) => visiblePayment(id, context),
};

/** A payment that the viewer has part in; others are as good as not there, and so is one that never will be made. */
async function visiblePayment(bookingId: string, { paymentOf, viewer }: Context): Promise<Paid | null> {
  const payment = await paymentOf.load(bookingId);
  return payment && payment.status !== 'VOID' && concerns(payment, viewer?.id) ? payment : null;
}
