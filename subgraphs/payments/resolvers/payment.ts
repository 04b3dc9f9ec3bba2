import type { BookingResolvers, PaymentResolvers } from '../__generated__/resolvers.ts';
import type { Context } from '../context.ts';
import { isParty, type Payment as Paid } from '../payment.ts';

export const Payment: PaymentResolvers = {
  __resolveReference: ({ id }, context) => visiblePayment(id, context),
  id: ({ bookingId }) => bookingId,
  booking: ({ bookingId }) => ({ id: bookingId }),
  guest: ({ guestId }) => ({ id: guestId }),
  host: ({ hostId }) => ({ id: hostId }),
  amount: ({ amount, currency }) => ({ amount, currency }),
  status: ({ status }) => {
    if (status === 'VOID') throw new Error('A void payment has no public status');
    return status;
  },
};

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payment: ({ id }, _, context) => visiblePayment(id, context),
};

/** Returns a payment if the viewer is its guest or host and it is not void, else null. */
async function visiblePayment(bookingId: string, { paymentByBookingId, viewer }: Context): Promise<Paid | null> {
  const payment = await paymentByBookingId.load(bookingId);
  return payment && payment.status !== 'VOID' && isParty(payment, viewer?.id) ? payment : null;
}
