import { useQuery } from '@apollo/client/react';
import { BookingChangedDocument, BookingDocument, type BookingStateFragment } from '../__generated__/operations.ts';
import { useLive } from '../live/use-live.ts';
import { days, money } from '../ui/format.ts';

const MESSAGES: Record<BookingStateFragment['status'], string> = {
  PENDING: 'The nights are reserved for you. Waiting for the payment…',
  CONFIRMED: 'Booked and paid. Enjoy your stay!',
  CANCELLED: 'The booking was cancelled.',
  EXPIRED: 'The payment did not arrive in time. The nights are free again.',
};

/** Shows a new booking and follows its payment, which is asynchronous. */
export function BookingProgress({ booking }: { booking: BookingStateFragment }) {
  const variables = { id: booking.id };
  const { data, refetch } = useQuery(BookingDocument, { variables, errorPolicy: 'all' });
  const { status, cancelReason, checkIn, checkOut, totalPrice } = data?.booking ?? booking;
  useLive(BookingChangedDocument, { variables, skip: status !== 'PENDING', onBegin: () => void refetch() });
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
