import { useQuery } from '@apollo/client/react';
import { StayQuoteDocument } from '../__generated__/operations.ts';
import { count, money } from '../ui/format.ts';

/** The days of a stay, ISO 8601; the night of the last one is not part of it. Both are empty until they are chosen. */
interface Stay {
  listingId: string;
  checkIn: string;
  checkOut: string;
}

/** What a stay costs and whether it can be had, as soon as both days are chosen. */
export function Quote({ stay }: { stay: Stay }) {
  const { data, loading } = useQuery(StayQuoteDocument, {
    variables: stay,
    skip: !stay.checkIn || !stay.checkOut,
    errorPolicy: 'all',
    // Others book too: what was free before may be taken.
    fetchPolicy: 'cache-and-network',
  });
  const { quote, isAvailable } = data?.listing ?? {};
  return (
    <p className="quote" role="status">
      {!loading && !data && <span className="muted">Choose both days to see the price.</span>}
      {loading && !data && 'Asking for the price …'}
      {data && !quote && 'The price cannot be told right now.'}
      {quote?.__typename === 'StayInvalid' && quote.message}
      {quote?.__typename === 'Quote' && (
        <>
          {count(quote.nights, 'night')}: <strong>{money(quote.totalPrice)}</strong>
          {isAvailable === false && ' · not free'}
        </>
      )}
    </p>
  );
}
