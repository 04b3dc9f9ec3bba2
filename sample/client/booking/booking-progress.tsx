import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { BookingDocument, type BookingStateFragment } from '../__generated__/operations.ts';
import { days, money } from '../ui/format.ts';

const POLL_MS = 500;

const WORDS: Record<BookingStateFragment['status'], string> = {
  PENDING: 'The nights are held for you. The payment is on its way …',
  CONFIRMED: 'Booked and paid. Have a good stay!',
  CANCELLED: 'The booking was cancelled.',
  EXPIRED: 'It was not paid in time, so that others can have the nights.',
};

/** A booking that was made, until it is paid or not: payments answer by an event, a moment later. */
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
      <p>{cancelReason === 'PAYMENT_DECLINED' ? 'Your wallet does not hold the price of the stay.' : WORDS[status]}</p>
    </div>
  );
}
