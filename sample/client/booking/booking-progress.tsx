import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { BookingDocument, type BookingStateFragment } from '../__generated__/operations.ts';
import { days, money } from '../ui/format.ts';

const POLL_MS = 500;

const MESSAGES: Record<BookingStateFragment['status'], string> = {
  PENDING: 'The nights are reserved for you. Waiting for the payment…',
  CONFIRMED: 'Booked and paid. Enjoy your stay!',
  CANCELLED: 'The booking was cancelled.',
  EXPIRED: 'The payment did not arrive in time. The nights are free again.',
};

/** Shows a new booking and polls until its payment, which is asynchronous, is settled. */
export function BookingProgress({ booking }: { booking: BookingStateFragment }) {
  const { data, stopPolling } = useQuery(BookingDocument, {
    variables: { id: booking.id },
    errorPolicy: 'all',
    pollInterval: POLL_MS,
    skipPollAttempt: () => document.hidden,
  });
  const { status, cancelReason, checkIn, checkOut, totalPrice } = data?.booking ?? booking;
  useEffect(() => {
    if (status !== 'PENDING') stopPolling();
  }, [status, stopPolling]);
  return (
    <div role="status">
      <p>
        <strong>
          {days(checkIn, checkOut)}: {money(totalPrice)}
        </strong>
      </p>
      <p>{cancelReason === 'PAYMENT_DECLINED' ? 'Your wallet balance is too low for this stay.' : MESSAGES[status]}</p>
    </div>
  );
}
